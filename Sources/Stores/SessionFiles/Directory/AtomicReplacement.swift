internal import Platform
import SessionJSON
import SessionKit

/// Puts a whole new file in the place of an old one, so that every reader sees the one or the other, and durably.
///
/// Temporary file, sync, rename, sync of the directory. To be used under the id's lock: the temporary's name is fixed.
/// Locks can be lost, though, so who writes the temporary locks it as well: what is locked is nobody else's to remove.
enum AtomicReplacement {
    /// The temporary file of a session.
    static func temporaryName(of id: SessionID) -> String { ".\(id.rawValue).tmp" }

    /// Writes a session's file.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - folder: the sessions directory.
    ///   - locks: the session's lock, which has to hold until the file is in its place.
    ///   - version: what the file has to be still; nil: there must be none, and one that has the name is left alone.
    ///   - body: writes the file's bytes in order.
    /// - Throws: `SessionError` with `alreadyExists` or `notSaved`, which says whether the old file stands; `LocksLost`
    ///   if nothing was changed because somebody else may have changed it.
    static func write(
        _ id: SessionID, in folder: borrowing SessionFolder, under locks: borrowing HeldLocks,
        replacing version: SourceVersion?, _ body: (_ put: (ArraySlice<UInt8>) throws -> Void) throws -> Void
    ) throws {
        let temporary = temporaryName(of: id)
        let name = id.fileName
        do {
            try sweep(id, in: folder)
            let file = try open(temporary, in: folder)
            guard try file.tryLock() else { throw LocksLost() }
            do {
                try write(file, body)
                try locks.check(in: folder)
                guard try isNamed(file, temporary, in: folder) else { throw LocksLost() }
                if let version, try folder.status(of: name)?.version != version { throw LocksLost() }
                // Closed only afterwards, with its lock: what fsync(2) has taken, close(2) can't lose any more.
                try folder.rename(temporary, to: name, exclusively: version == nil)
            } catch {
                // Whatever else fails, the old document stands; a temporary that stays is removed by the next write.
                if (try? isNamed(file, temporary, in: folder)) ?? false { _ = try? folder.remove(temporary) }
                throw error
            }
        } catch let error as LocksLost {
            throw error
        } catch {
            let isNew = version == nil
            if isNew, (error as? SystemCallError)?.isTaken == true { throw SessionError.taken(id) }
            throw SessionError(
                .notSaved,
                "'\(folder.path(of: name))' could not be written. NOT SAVED; "
                    + (isNew ? "there is no such file now." : "the file stands as it was."), cause: error)
        }
        try synchronize(folder, after: "'\(folder.path(of: name))' was written")
    }

    /// Opens a new temporary.
    ///
    /// - Throws: `SystemCallError`; `LocksLost` if there is one again, of a process that has another lock.
    private static func open(_ temporary: String, in folder: borrowing SessionFolder) throws -> OpenFile {
        do {
            return try folder.openFile(temporary, [.write, .create, .exclusive])
        } catch {
            if error.isTaken { throw LocksLost() }
            throw error
        }
    }

    /// Removes the temporary that a process which died left of a session; to be used under the session's lock.
    ///
    /// - Returns: whether there was one.
    /// - Throws: `SystemCallError`; `LocksLost` if a process is writing it, which then has another lock.
    @discardableResult
    static func sweep(_ id: SessionID, in folder: borrowing SessionFolder) throws -> Bool {
        let name = temporaryName(of: id)
        guard try folder.status(of: name) != nil else { return false }
        // What can't be opened is no file that a process writes.
        if let file = try? folder.openFile(name, .readWrite) {
            guard try file.tryLock(), try isNamed(file, name, in: folder) else { throw LocksLost() }
            return try folder.remove(name)
        }
        return try folder.remove(name)
    }

    private static func isNamed(
        _ file: borrowing OpenFile, _ name: String, in folder: borrowing SessionFolder
    ) throws(SystemCallError) -> Bool {
        try folder.status(of: name)?.identity == file.status().identity
    }

    private static func write(
        _ file: borrowing OpenFile, _ body: (_ put: (ArraySlice<UInt8>) throws -> Void) throws -> Void
    ) throws {
        file.makePrivate()
        var buffer: [UInt8] = []
        let room = 128 * 1024
        var size = 0
        buffer.reserveCapacity(room)
        try body { bytes in
            size += bytes.count
            guard size <= SessionFile.largest else { throw SystemCallError.tooLarge("write", file.path) }
            if buffer.count + bytes.count > room {
                try file.write(buffer[...])
                buffer.removeAll(keepingCapacity: true)
            }
            if bytes.count > room { try file.write(bytes) } else { buffer.append(contentsOf: bytes) }
        }
        try file.write(buffer[...])
        try file.synchronize()
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
