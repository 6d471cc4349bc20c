import SessionKit

/// The wait for a lock that somebody holds: ever longer pauses, up to a limit in all.
///
/// flock(2) can't wait for a limited time, and a thread that it blocks can't be called back; so the lock is tried again
/// and again. Locks are held for about ten milliseconds.
struct LockWait {
    private let limit: Duration
    private let clock = ContinuousClock()
    private let start = ContinuousClock.now
    private var longest = Duration.milliseconds(1)

    /// Begins to wait.
    ///
    /// - Parameter limit: for how long at most.
    init(limit: Duration) { self.limit = limit }

    /// Pauses before the next try.
    ///
    /// - Parameter id: the session, for messages.
    /// - Throws: `SessionError` with `busy` when the time is over, `cancelled` when the task is.
    mutating func pause(for id: SessionID) async throws(SessionError) {
        guard clock.now - start < limit else {
            throw SessionError(
                .busy,
                "Another program has been changing session '\(id)' for more than \(limit.components.seconds) seconds; "
                    + "try again later.")
        }
        do {
            // Waiters that got out of step by chance don't all come at once.
            try await clock.sleep(for: longest * Double.random(in: 0.5...1))
        } catch {
            throw SessionError(.cancelled, "The wait for session '\(id)' was cancelled; nothing was changed.")
        }
        longest = min(longest * 2, .milliseconds(16))
    }
}
