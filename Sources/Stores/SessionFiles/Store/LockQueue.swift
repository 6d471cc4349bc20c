import Dispatch
import SessionKit
import Synchronization

/// Where changes stand in line for locks that somebody holds.
///
/// The kernel's own line, which hands a lock to whoever has waited longest: among 64 writers that tried again and again
/// one was left out for 30 seconds, and their trying took the processor from the one that held the lock. flock(2) can't
/// be called back, so a thread waits in it, one for each stripe at most, and lets the locks go if they come too late.
final class LockQueue: Sendable {
    private let lines = Mutex<[Int: DispatchQueue]>([:])

    /// Stands in line for the locks of sessions.
    ///
    /// - Parameters:
    ///   - ids: one session or two.
    ///   - path: the sessions directory.
    /// - Returns: the place in the line.
    func enter(_ ids: [SessionID], in path: String) -> LockWait {
        let wait = LockWait(for: ids[0])
        line(ids[0].stripe).async {
            guard !wait.isOver else { return }
            wait.end(with: Result { try Self.lock(ids, in: path) })
        }
        return wait
    }

    private static func lock(_ ids: [SessionID], in path: String) throws -> LockGrant? {
        try SessionError.describingChange(path) { () -> LockGrant? in
            do {
                guard let folder = try SessionFolder.open(path), let locks = try StripedLocks.lock(ids, in: folder)
                else { return nil }
                return LockGrant(locks)
            } catch is LocksLost {
                return nil
            }
        }
    }

    /// A serial queue, which has a thread of its own as long as there is work.
    private func line(_ stripe: Int) -> DispatchQueue {
        lines.withLock { lines in
            let line = lines[stripe] ?? DispatchQueue(label: "sesh.session-files.lock-\(stripe)")
            lines[stripe] = line
            return line
        }
    }
}

/// Locks on their way from the thread that waited for them to the change that needs them.
final class LockGrant: Sendable {
    private let locks: Mutex<HeldLocks?>

    /// Takes locks over; they are let go with this, unless somebody takes them.
    init(_ locks: consuming HeldLocks) {
        self.locks = Mutex(locks)
    }

    /// Gives the locks away.
    ///
    /// - Returns: nil if that was done before.
    func take() -> HeldLocks? {
        locks.withLock { $0.take() }
    }
}
