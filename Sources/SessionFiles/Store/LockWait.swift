import SessionKit

/// The wait for a lock that somebody holds: longer pauses at first, shorter ones towards the end, up to a limit in all.
///
/// flock(2) can't wait for a limited time, and a thread that it blocks can't be called back; so the lock is tried again
/// and again. Locks are held for about ten milliseconds.
///
/// Who tries is who wins, so whoever has waited long tries more often. With locks held for 130 ms each, 15 of 64 writers
/// of one session ended after 30 seconds' wait while all paused alike, and 5 so (one run of each, on a busy machine).
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
        let length = min(longest, Self.longestPause(after: clock.now - start, of: limit))
        do {
            // Waiters that got out of step by chance don't all come at once.
            try await clock.sleep(for: length * Double.random(in: 0.5...1))
        } catch {
            throw SessionError(.cancelled, "The wait for session '\(id)' was cancelled; nothing was changed.")
        }
        longest = min(longest * 2, Self.longestPause)
    }

    private static let longestPause = Duration.milliseconds(16)

    /// How long a pause may be: 16 ms at first, a quarter of that when half of the time is over, half a millisecond at the
    /// end.
    ///
    /// - Parameters:
    ///   - waited: how long it has been waited.
    ///   - limit: for how long it may be.
    static func longestPause(after waited: Duration, of limit: Duration) -> Duration {
        let rest = max(0, 1 - waited / limit)
        return max(longestPause * (rest * rest), .microseconds(500))
    }
}
