import Synchronization

/// A place where a model under test waits until the test lets it go on, and by which the test knows it got there.
package final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var isReached = false
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watching: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Makes a closed gate.
    package init() {}

    /// Lets everyone through, now and later.
    package func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns once somebody has come to the gate.
    package func reached() async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if !state.isReached { state.watching.append(continuation) }
                return state.isReached
            }
            if isReached { continuation.resume() }
        }
    }

    /// Waits until the gate is open, whether or not the task is cancelled.
    package func passUncancelled() async { await pass(ignoringCancellation: true) }

    /// Waits until the gate is open.
    ///
    /// - Parameter ignoringCancellation: if false, cancelling the task opens the gate.
    func pass(ignoringCancellation: Bool) async {
        let watching = state.withLock { state in
            state.isReached = true
            defer { state.watching = [] }
            return state.watching
        }
        for continuation in watching { continuation.resume() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOpen = state.withLock { state in
                    if !state.isOpen { state.waiting.append(continuation) }
                    return state.isOpen
                }
                if isOpen { continuation.resume() }
            }
        } onCancel: {
            if !ignoringCancellation { open() }
        }
    }
}
