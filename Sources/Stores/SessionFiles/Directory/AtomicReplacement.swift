#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
import SessionKit

/// Puts a whole new file in the place of an old one, so that every reader sees the one or the other, and durably.
///
/// Temporary file, sync, rename, sync of the directory. To be used under the id's lock: the temporary's name is fixed.
enum AtomicReplacement {
    /// The temporary file of a session.
    static func temporaryName(of id: SessionID) -> String { ".\(id.rawValue).tmp" }

    /// Writes a session's file.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - folder: the sessions directory.
    ///   - isNew: whether a file that has the name already is left alone, and is an error.
    ///   - body: writes the file's bytes in order.
    /// - Throws: `SessionError` with `alreadyExists` or `notSaved`; the latter says whether the old file stands.
    static func write(
        _ id: SessionID, in folder: borrowing SessionFolder, isNew: Bool = false,
        _ body: (_ put: (ArraySlice<UInt8>) throws -> Void) throws -> Void
    ) throws(SessionError) {
        let temporary = temporaryName(of: id)
        let name = id.fileName
        do {
            try writeTemporary(temporary, in: folder, body).finish()
            try folder.rename(temporary, to: name, exclusively: isNew)
        } catch {
            // Whatever else fails, the old document stands; a temporary that stays is removed by the next write.
            _ = try? folder.remove(temporary)
            if isNew, (error as? SystemCallError)?.code == EEXIST { throw .taken(id) }
            throw SessionError(
                .notSaved,
                "'\(folder.path(of: name))' could not be written. NOT SAVED; "
                    + (isNew ? "there is no such file now." : "the file stands as it was."), cause: error)
        }
        try synchronize(folder, after: "'\(folder.path(of: name))' was written")
    }

    private static func writeTemporary(
        _ name: String, in folder: borrowing SessionFolder,
        _ body: (_ put: (ArraySlice<UInt8>) throws -> Void) throws -> Void
    ) throws -> OpenFile {
        try folder.remove(name)
        let file = try folder.openFile(name, O_WRONLY | O_CREAT | O_EXCL)
        file.makePrivate()
        var buffer: [UInt8] = []
        let room = 128 * 1024
        var size = 0
        buffer.reserveCapacity(room)
        try body { bytes in
            size += bytes.count
            guard size <= SessionFile.largest else { throw SystemCallError("write", file.path, code: EFBIG) }
            if buffer.count + bytes.count > room {
                try file.write(buffer[...])
                buffer.removeAll(keepingCapacity: true)
            }
            if bytes.count > room { try file.write(bytes) } else { buffer.append(contentsOf: bytes) }
        }
        try file.write(buffer[...])
        try file.synchronize()
        return file
    }

    /// Makes a change of the directory durable.
    ///
    /// - Parameters:
    ///   - folder: the sessions directory.
    ///   - change: what was done, for the message.
    static func synchronize(_ folder: borrowing SessionFolder, after change: String) throws(SessionError) {
        do {
            try folder.synchronize()
        } catch {
            throw notDurable(change, error)
        }
    }

    /// The error for a change that is to be seen but may not last.
    ///
    /// - Parameters:
    ///   - change: what was done.
    ///   - cause: why it could not be made durable.
    static func notDurable(_ change: String, _ cause: (any Error)?) -> SessionError {
        SessionError(
            .notSaved, "\(change), but it is not known whether that would survive a power cut. NOT SAVED durably.",
            cause: cause)
    }
}
