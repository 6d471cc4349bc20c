internal import Synchronization

/// Decides who gets a signal that was caught.
final class SignalRouter: Sendable {
    private struct State: Sendable {
        var receivers: [(id: UInt64, deliver: @Sendable (Int32) -> Void)] = []
        var waiting: [Int32] = []
        var nextID: UInt64 = 0
    }

    private let state = Mutex(State())

    /// Gives everything to a receiver, what was waiting first, until it or a newer one is there no longer.
    ///
    /// - Parameter deliver: called with a signal's number, under the router's lock; must not block or call back.
    /// - Returns: what `remove` takes.
    func add(_ deliver: @escaping @Sendable (Int32) -> Void) -> UInt64 {
        state.withLock { state in
            state.nextID += 1
            state.receivers.append((state.nextID, deliver))
            for number in state.waiting { deliver(number) }
            state.waiting = []
            return state.nextID
        }
    }

    func remove(_ id: UInt64) {
        state.withLock { $0.receivers.removeAll { $0.id == id } }
    }

    func route(_ number: Int32) {
        state.withLock { state in
            guard let receiver = state.receivers.last else {
                state.waiting.append(number)
                return
            }
            receiver.deliver(number)
        }
    }
}
