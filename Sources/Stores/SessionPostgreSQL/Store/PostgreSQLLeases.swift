internal import Platform
import SessionSQL
import Synchronization

/// Renews the claims on turns whose answers this process waits for.
///
/// Nothing rests on it but how soon others take the process for gone: the holder and the epoch in the prompt's row decide
/// whether an answer is written.
final class PostgreSQLLeases: Sendable {
    private struct State {
        var claims: Set<TurnClaim> = []
        var isRunning = false
    }

    private let interval: Duration
    private let state = Mutex(State())

    /// Makes one that renews nothing yet.
    ///
    /// - Parameter interval: how often; a third of a lease lets two renewals fail.
    init(every interval: Duration) { self.interval = interval }

    /// Renews a claim from now on.
    ///
    /// - Parameters:
    ///   - claim: the claim.
    ///   - renew: renews claims; returns false if it could not.
    func add(_ claim: TurnClaim, renew: @escaping @Sendable ([TurnClaim]) -> Bool) {
        let hasToStart = state.withLock { state in
            state.claims.insert(claim)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard hasToStart else { return }
        do {
            try DetachedThread.startWithoutSignals { [weak self, interval] in
                Self.beat(every: interval, renew) { self?.next() }
            }
        } catch {
            // Without a thread the claim runs out; an answer that comes later is saved unless another took the turn up.
            state.withLock { $0.isRunning = false }
        }
    }

    /// Renews a claim no more.
    func remove(_ claim: TurnClaim) { state.withLock { _ = $0.claims.remove(claim) } }

    /// What is to be renewed; nil, and the thread ends, if nothing is.
    private func next() -> [TurnClaim]? {
        state.withLock { state in
            guard state.claims.isEmpty else { return Array(state.claims) }
            state.isRunning = false
            return nil
        }
    }

    private static func beat(every interval: Duration, _ renew: ([TurnClaim]) -> Bool, _ next: () -> [TurnClaim]?) {
        var due = ContinuousClock.now + interval
        while let claims = next() {
            if ContinuousClock.now >= due {
                due = ContinuousClock.now + (renew(claims) ? interval : .seconds(1))
            }
            BlockingThread.pause(milliseconds: 250)
        }
    }
}
