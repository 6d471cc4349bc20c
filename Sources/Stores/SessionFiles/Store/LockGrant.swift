import Synchronization

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
