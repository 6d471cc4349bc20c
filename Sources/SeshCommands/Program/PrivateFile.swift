import Terminal
import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that the person names, to be written for them alone (mode 0600).
struct PrivateFile: Sendable {
    let path: String

    /// Whether there is a file to be overwritten.
    ///
    /// - Throws: `CommandError` if what is there is no file.
    func exists() throws -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandError(.usage, "\(path) is no file that could be written.")
        }
        return true
    }

    /// Writes the whole file, over what was there; a file that was there keeps its mode.
    ///
    /// - Throws: `CommandError` with the status `notSaved`.
    func write(_ text: String) async throws {
        try await BlockingThread.run { [path] in
            let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_TRUNC, 0o600)
            guard descriptor >= 0 else { throw Self.failure(path, SystemError("write").reason) }
            let written = Result { try FileOutput(descriptor: descriptor).write(text) }
            // Some file systems report a full disk only here (close(2)).
            let closed = close(descriptor)
            if case .failure(let error) = written { throw Self.failure(path, "\(error)") }
            guard closed == 0 else { throw Self.failure(path, SystemError("write").reason) }
        }
    }

    private static func failure(_ path: String, _ reason: String) -> CommandError {
        CommandError(.notSaved, "\(path) could not be written: \(reason). NOT SAVED.")
    }
}
