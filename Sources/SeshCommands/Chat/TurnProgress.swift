import SessionKit
import Synchronization

/// How far a turn without a person at the prompt has come, for the line that tells of its failure.
final class TurnProgress: Sendable {
    private struct State {
        var session: SessionID?
        var turn: TurnID?
        var isAcknowledged = false
    }

    private let state = Mutex(State())

    /// Notes that the session is there.
    func opened(_ session: SessionID) { state.withLock { $0 = State(session: session) } }

    /// Notes that a prompt is saved.
    func begun(_ turn: TurnID) {
        state.withLock { state in
            state.turn = turn
            state.isAcknowledged = false
        }
    }

    /// Notes that the turn's own line is being written.
    func acknowledged() { state.withLock { $0.isAcknowledged = true } }

    /// The line of a failure.
    ///
    /// - Returns: nil if the turn had its line, which told of it.
    func failed(_ failure: Failure) -> TurnJSON? {
        let state = state.withLock { $0 }
        return state.isAcknowledged ? nil : TurnJSON(session: state.session, turn: state.turn, failure: failure)
    }
}
