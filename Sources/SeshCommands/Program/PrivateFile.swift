import Terminal
import Platform

/// A file that the person names, to be written for them alone (mode 0600).
struct PrivateFile: Sendable {
    let path: String

    /// Whether there is a file to be overwritten.
    ///
    /// - Throws: `CommandError` if what is there is no file.
    func exists() throws -> Bool {
        guard Path.exists(path) else { return false }
        guard Path.isFile(path) else {
            throw CommandError(.usage, "\(path) is no file that could be written.")
        }
        return true
    }

    /// Writes the whole file, over what was there; a file that was there keeps its mode.
    ///
    /// - Throws: `CommandError` with the status `notSaved`.
    func write(_ text: String) async throws {
        try await BlockingThread.run { [path] in
            do {
                let descriptor = try Descriptor.open(path, [.write, .create, .truncate, .nonBlocking])
                let written = Result { try FileOutput(descriptor: descriptor).write(text) }
                let closed = Descriptor.close(descriptor)
                try written.get()
                if let closed { throw closed }
            } catch let error as SystemError {
                throw Self.failure(path, error.reason)
            } catch {
                throw Self.failure(path, "\(error)")
            }
        }
    }

    private static func failure(_ path: String, _ reason: String) -> CommandError {
        CommandError(.notSaved, "\(path) could not be written: \(reason). NOT SAVED.")
    }
}
