internal import Platform
import SessionKit

/// The locks under which sessions are changed: 64 files that are never removed, so that no lock can vanish under
/// somebody who waits for it, and no name of a deleted session is left behind.
enum StripedLocks {
    /// Takes the locks of sessions, in ascending order, without waiting.
    ///
    /// - Parameters:
    ///   - ids: one session or two.
    ///   - folder: the sessions directory.
    /// - Returns: what holds them, or nil if one is taken.
    /// - Throws: `SessionError`; `LocksLost` if somebody removes them at this moment.
    static func tryLock(_ ids: [SessionID], in folder: borrowing SessionFolder) throws -> HeldLocks? {
        try hold(ids, in: folder) { file throws(SystemCallError) in try file.tryLock() }
    }

    /// Takes the locks of sessions, in ascending order so that no two wait for each other, however long that takes.
    ///
    /// - Parameters:
    ///   - ids: one session or two.
    ///   - folder: the sessions directory.
    /// - Returns: what holds them.
    /// - Throws: as `tryLock(_:in:)`.
    static func lock(_ ids: [SessionID], in folder: borrowing SessionFolder) throws -> HeldLocks? {
        try hold(ids, in: folder) { file throws(SystemCallError) in
            try file.lock()
            return true
        }
    }

    private static func hold(
        _ ids: [SessionID], in folder: borrowing SessionFolder,
        by taking: (borrowing OpenFile) throws(SystemCallError) -> Bool
    ) throws -> HeldLocks? {
        do throws(SystemCallError) {
            let locks = try folder.openLocks()
            let stripes = Set(ids.map(\.stripe)).sorted()
            let first = try open(stripes[0], in: locks)
            guard try taking(first.file) else { return nil }
            guard stripes.count > 1 else {
                return HeldLocks(of: folder.identity, folder: locks, first: first, second: nil)
            }
            let second = try open(stripes[1], in: locks)
            guard try taking(second.file) else { return nil }
            return HeldLocks(of: folder.identity, folder: locks, first: first, second: second)
        } catch {
            // The folder of locks, or the whole directory, was removed after it was opened.
            if error.isNotFound { throw LocksLost() }
            throw Self.error(error, in: folder)
        }
    }

    private static func error(_ error: SystemCallError, in folder: borrowing SessionFolder) -> SessionError {
        if error.isUnsupported {
            SessionError(
                .notSaved,
                "The file system of '\(folder.path)' has no locks, so nothing is written there: two programs at "
                    + "once would lose each other's words. NOT SAVED; keep sessions on another file system.",
                cause: error)
        } else {
            SessionError(.notSaved, "The locks of '\(folder.path)' can't be used. NOT SAVED.", cause: error)
        }
    }

    /// Removes the temporaries of processes that died, as far as nobody holds their sessions' locks.
    ///
    /// A session that was deleted or renamed, or never came to be, has no next write that would do it. What can't be
    /// removed stays: it harms nobody.
    ///
    /// - Parameters:
    ///   - folder: the sessions directory.
    ///   - stripe: the number of the lock that the caller holds, which it can't take a second time.
    static func sweepTemporaries(in folder: borrowing SessionFolder, holding stripe: Int? = nil) {
        for id in (try? folder.temporaryIDs()) ?? [] {
            if id.stripe == stripe {
                _ = try? AtomicReplacement.sweep(id, in: folder)
                continue
            }
            guard let locks = try? tryLock([id], in: folder) else { continue }
            _ = try? AtomicReplacement.sweep(id, in: folder)
            _ = consume locks
        }
    }

    private static func open(_ stripe: Int, in locks: borrowing OpenFile) throws(SystemCallError) -> StripeLock {
        let digits = String(stripe, radix: 16)
        let name = digits.count < 2 ? "0" + digits : digits
        // Over NFS an exclusive flock needs a descriptor that can be written to (flock(2)).
        let file = try OpenFile(name, in: locks.descriptor, path: "\(locks.path)/\(name)", [.readWrite, .create])
        file.makePrivate()
        return StripeLock(name: name, file: file)
    }
}
