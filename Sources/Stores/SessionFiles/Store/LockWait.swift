import SessionKit
import Synchronization

/// A place in the line for locks.
final class LockWait: Sendable {
    typealias Outcome = Result<LockGrant?, any Error>

    private enum State: Sendable {
        case inLine(CheckedContinuation<LockGrant?, any Error>?)
        case over(Outcome?)
    }

    private let id: SessionID
    private let state = Mutex(State.inLine(nil))

    /// Enters the line.
    ///
    /// - Parameter id: the session, for messages.
    init(for id: SessionID) { self.id = id }

    /// Whether nobody stands here any more.
    var isOver: Bool {
        state.withLock { if case .over = $0 { true } else { false } }
    }

    /// Waits for the locks.
    ///
    /// - Parameter time: for how long at most.
    /// - Returns: the locks; nil when the time is over, the place in the line being kept, or when there is no directory.
    /// - Throws: `SessionError` with `cancelled` when the task is, or with the reason why there will be no locks.
    func pause(for time: Duration) async throws -> LockGrant? {
        let timer = Task {
            try await ContinuousClock().sleep(for: time)
            waiter(next: .inLine(nil))?.resume(returning: nil)
        }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Outcome? = state.withLock { state in
                    switch state {
                    case .over(let outcome): return outcome ?? .success(nil)
                    case .inLine:
                        state = .inLine(continuation)
                        return nil
                    }
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            end(with: .failure(Self.cancelled(id)))
        }
    }

    /// The error of a wait whose task is cancelled.
    static func cancelled(_ id: SessionID) -> SessionError {
        SessionError(.cancelled, "The wait for session '\(id)' was cancelled; nothing was changed.")
    }

    /// Ends the wait; does nothing when it is over, and locks that come then are let go.
    ///
    /// - Parameter outcome: how it ends.
    func end(with outcome: Outcome) {
        waiter(next: .over(outcome))?.resume(with: outcome)
    }

    /// Leaves the line.
    func leave() { end(with: .success(nil)) }

    /// Who waits here, which is over for them; nil if nobody does.
    private func waiter(next: State) -> CheckedContinuation<LockGrant?, any Error>? {
        state.withLock { state in
            guard case .inLine(let waiter) = state else { return nil }
            state = next
            return waiter
        }
    }
}
