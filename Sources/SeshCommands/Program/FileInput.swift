import Platform
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that the person names, to be read as a whole.
struct FileInput: Sendable {
    let path: String

    /// Reads all of it, off the cooperative pool: a pipe that is named may take its time.
    ///
    /// - Throws: `CommandError`; a file that is not there is a usage error, any other failure one of reading.
    func read() async throws -> [UInt8] {
        try await BlockingThread.run { [path] in
            do {
                return [UInt8](try Data(contentsOf: URL(filePath: path)))
            } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
                throw CommandError(.usage, "There is no file \(path).")
            } catch {
                throw CommandError(.notSaved, "\(path) can't be read: \(FileFailure.reason(error)).")
            }
        }
    }
}

/// Why a file can't be read or written, in the system's words.
enum FileFailure {
    /// Finds the words in an error of Foundation's.
    static func reason(_ error: any Error) -> String {
        let cause = (error as? CocoaError)?.underlying ?? error
        guard let number = (cause as? POSIXError)?.code.rawValue else { return String(describing: cause) }
        return SystemError("read", code: number).reason
    }
}
