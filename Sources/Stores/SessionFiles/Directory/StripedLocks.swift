#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
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
    static func tryLock(_ ids: [SessionID], in folder: borrowing SessionFolder) throws(SessionError) -> HeldLocks? {
        try hold(ids, in: folder) { file throws(SystemCallError) in try file.tryLock() }
    }

    /// Takes the locks of sessions, in ascending order so that no two wait for each other, however long that takes.
    ///
    /// - Parameters:
    ///   - ids: one session or two.
    ///   - folder: the sessions directory.
    /// - Returns: what holds them.
    static func lock(_ ids: [SessionID], in folder: borrowing SessionFolder) throws(SessionError) -> HeldLocks? {
        try hold(ids, in: folder) { file throws(SystemCallError) in
            try file.lock()
            return true
        }
    }

    private static func hold(
        _ ids: [SessionID], in folder: borrowing SessionFolder,
        by taking: (borrowing OpenFile) throws(SystemCallError) -> Bool
    ) throws(SessionError) -> HeldLocks? {
        do {
            let locks = try folder.openLocks()
            let stripes = Set(ids.map(\.stripe)).sorted()
            let first = try open(stripes[0], in: locks)
            guard try taking(first) else { return nil }
            guard stripes.count > 1 else { return HeldLocks(folder: locks, first: first, second: nil) }
            let second = try open(stripes[1], in: locks)
            guard try taking(second) else { return nil }
            return HeldLocks(folder: locks, first: first, second: second)
        } catch {
            throw Self.error(error, in: folder)
        }
    }

    private static func error(_ error: SystemCallError, in folder: borrowing SessionFolder) -> SessionError {
        switch error.code {
        case ENOLCK, ENOSYS, EOPNOTSUPP, ENOTSUP:
            SessionError(
                .notSaved,
                "The file system of '\(folder.path)' has no locks, so nothing is written there: two programs at "
                    + "once would lose each other's words. NOT SAVED; keep sessions on another file system.",
                cause: error)
        default:
            SessionError(.notSaved, "The locks of '\(folder.path)' can't be used. NOT SAVED.", cause: error)
        }
    }

    /// Removes the temporaries of processes that died, as far as nobody holds their sessions' locks.
    ///
    /// A session that was deleted or renamed, or never came to be, has no next write that would do it. What can't be
    /// removed stays: it harms nobody.
    static func sweepTemporaries(in folder: borrowing SessionFolder) {
        for id in (try? folder.temporaryIDs()) ?? [] {
            guard let locks = try? tryLock([id], in: folder) else { continue }
            _ = try? folder.remove(AtomicReplacement.temporaryName(of: id))
            _ = consume locks
        }
    }

    private static func open(_ stripe: Int, in locks: borrowing OpenFile) throws(SystemCallError) -> OpenFile {
        let digits = String(stripe, radix: 16)
        let name = digits.count < 2 ? "0" + digits : digits
        // Over NFS an exclusive flock needs a descriptor that can be written to (flock(2)).
        let file = try OpenFile(name, in: locks.descriptor, path: "\(locks.path)/\(name)", O_RDWR | O_CREAT)
        file.makePrivate()
        return file
    }
}
