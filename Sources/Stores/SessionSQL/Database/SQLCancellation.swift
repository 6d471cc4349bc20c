package import SessionKit
import Synchronization

/// Whether the task that waits for the database has been cancelled.
///
/// The thread that waits for the task is none of its own, so it is told by this. Only a wait that takes long is given up,
/// as for someone else's lock: an answer that a cancelled task saves goes through if nothing is in its way.
package final class SQLCancellation: Sendable {
    /// That of the call which the current thread works for; nil where it must come to its end.
    @TaskLocal package static var current: SQLCancellation?

    private let flag = Atomic(false)

    init() {}

    /// How long a wait lasts at least before it is given up.
    package static let grace = Duration.milliseconds(250)

    /// Whether the task has been cancelled.
    package var isCancelled: Bool { flag.load(ordering: .relaxed) }

    func cancel() { flag.store(true, ordering: .relaxed) }

    /// Runs what must come to its end, such as a commit.
    package static func shielding<Result>(_ body: () throws -> Result) rethrows -> Result {
        try $current.withValue(nil, operation: body)
    }

    /// Whether a wait is to be given up now.
    ///
    /// - Parameter start: when it began.
    package static func ends(waitSince start: ContinuousClock.Instant) -> Bool {
        guard let current, current.isCancelled else { return false }
        return ContinuousClock.now - start >= grace
    }

    /// The error of a wait that was given up.
    ///
    /// - Parameter name: the database.
    package static func error(_ name: String) -> SessionError {
        SessionError(.cancelled, "The wait for \(name) was cancelled; nothing was changed.")
    }
}
