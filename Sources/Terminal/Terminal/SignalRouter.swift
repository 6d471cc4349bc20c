internal import Synchronization

/// Passes caught signals to receivers.
///
/// Receivers are called without the router's lock: they cancel tasks, whose cancellation handlers may add and remove
/// receivers.
final class SignalRouter: Sendable {
    /// A receiver of signals.
    struct Receiver: Sendable {
        /// Takes a signal; returns false when the receiver takes no more.
        let take: @Sendable (CaughtSignal) -> Bool
        /// Called ten times a second once a signal was taken, as long as it returns true.
        let remind: @Sendable () -> Bool
    }

    private struct State: Sendable {
        var receivers: [(id: UInt64, receiver: Receiver)] = []
        /// The receivers that have taken a signal and want to be reminded.
        var reminded: Set<UInt64> = []
        var waiting: [CaughtSignal] = []
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Adds a receiver, and passes it the waiting signals.
    ///
    /// - Returns: its id.
    func add(_ receiver: Receiver) -> UInt64 {
        let (id, waiting) = state.withLock { state in
            state.nextID += 1
            state.receivers.append((state.nextID, receiver))
            defer { state.waiting = [] }
            return (state.nextID, state.waiting)
        }
        for signal in waiting { route(signal) }
        return id
    }

    /// Removes a receiver, which may be taking a signal at the moment.
    func remove(_ id: UInt64) {
        state.withLock { state in
            state.receivers.removeAll { $0.id == id }
            state.reminded.remove(id)
        }
    }

    /// Passes a signal to the newest receiver that takes it; without one it waits.
    func route(_ signal: CaughtSignal) {
        while true {
            let next = state.withLock { state in
                if state.receivers.isEmpty { state.waiting.append(signal) }
                return state.receivers.last
            }
            guard let (id, receiver) = next else { return }
            guard receiver.take(signal) else {
                remove(id)
                continue
            }
            state.withLock { state in
                if state.receivers.contains(where: { $0.id == id }) { state.reminded.insert(id) }
            }
            return
        }
    }

    /// Whether a receiver wants to be reminded.
    var hasReminders: Bool { state.withLock { !$0.reminded.isEmpty } }

    /// Reminds the receivers that have taken a signal.
    func remind() {
        let reminded = state.withLock { state in state.receivers.filter { state.reminded.contains($0.id) } }
        for (id, receiver) in reminded where !receiver.remind() {
            state.withLock { _ = $0.reminded.remove(id) }
        }
    }

    /// Takes the signals that no receiver has taken.
    func takeWaiting() -> [CaughtSignal] {
        state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}
