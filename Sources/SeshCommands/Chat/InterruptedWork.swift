import Platform
import Synchronization
import Terminal

/// What signals do to work that runs: the first cancels it, and while it saves what it has, all others only wait.
///
/// Two signals are everyday life: SIGHUP and SIGTERM at a logout, SIGINT to the group and once more from a wrapper,
/// timeout(1) to its child and the group. Only Ctrl-C again, a second or more after the first, means "now".
final class InterruptedWork: Sendable {
    private struct State: Sendable {
        /// The signal that has cancelled the work, and when it came.
        var first: (signal: CaughtSignal, time: ContinuousClock.Instant)?
        /// The first signal after which the program does not go on.
        var ending: Int32?
        /// Whether the next SIGCONT only ends a suspension of ours.
        var isContinuing = false
        var isOver = false
    }

    private enum Step { case notTaken, ignored, cancel, endNow }

    /// A person who waits for the program to end presses again after a moment; what comes sooner is one press.
    private static let patience = Duration.seconds(1)
    /// Longer than any wait of a save, which gives up a lock after 30 s: what still runs then would run for ever.
    private static let longest = Duration.seconds(90)

    private let interruption: Interruption
    private let cancel: @Sendable () -> Void
    private let state = Mutex(State())

    /// Looks after work.
    ///
    /// - Parameters:
    ///   - interruption: what is done beside cancelling.
    ///   - cancel: cancels the work.
    init(_ interruption: Interruption, cancel: @escaping @Sendable () -> Void) {
        self.interruption = interruption
        self.cancel = cancel
    }

    /// Takes a signal.
    ///
    /// - Returns: false when the work is over.
    func take(_ signal: CaughtSignal) -> Bool {
        switch signal.number {
        case Signal.stop: return suspend()
        case Signal.goOn: return resume()
        // For the line editor, but too late for it.
        case Signal.windowChange: return true
        default: break
        }
        switch state.withLock({ step(for: signal, &$0) }) {
        case .notTaken: return false
        case .ignored: break
        case .cancel:
            WaitingWrites.wake()
            cancel()
        case .endNow: endNow(by: signal.number)
        }
        return true
    }

    /// Sees to it that the work comes to its end; to be called again and again once a signal was taken.
    ///
    /// - Returns: whether it is to be called again.
    func remind() -> Bool {
        let (first, ending, isOver) = state.withLock { ($0.first, $0.ending, $0.isOver) }
        guard let first, !isOver else { return false }
        WaitingWrites.wake()
        if let ending, ContinuousClock.now - first.time > Self.longest { endNow(by: ending) }
        return true
    }

    /// Ends the watch, because the work is over.
    ///
    /// - Returns: the signal that was taken, if any; first of all one after which the program doesn't go on.
    func end() -> Int32? {
        state.withLock { state in
            state.isOver = true
            WaitingWrites.giveUp(false)
            return state.ending ?? state.first?.signal.number
        }
    }

    private func step(for signal: CaughtSignal, _ state: inout State) -> Step {
        guard !state.isOver else { return .notTaken }
        if !interruption.survived.contains(signal.number) { state.ending = state.ending ?? signal.number }
        guard let first = state.first else {
            state.first = (signal, .now)
            WaitingWrites.giveUp(true)
            return .cancel
        }
        let isRepeated =
            signal.number == Signal.interrupt && signal.isFromKeyboard && first.signal == signal
            && ContinuousClock.now - first.time >= Self.patience
        return isRepeated ? .endNow : .ignored
    }

    private func suspend() -> Bool {
        let (isOver, isContinuing) = state.withLock { ($0.isOver, $0.isContinuing) }
        // To go on discards what was to stop the process before (signal(7)).
        guard !isOver, !isContinuing else { return !isOver }
        interruption.suspend()
        // What ends a suspension is a signal, too.
        state.withLock { $0.isContinuing = true }
        return true
    }

    private func resume() -> Bool {
        let (isOver, isContinuing) = state.withLock { state in
            defer { state.isContinuing = false }
            return (state.isOver, state.isContinuing)
        }
        if !isOver, !isContinuing { interruption.resume() }
        return !isOver
    }

    private func endNow(by number: Int32) -> Never {
        interruption.beforeDeath()
        SignalMonitor.die(of: number)
    }
}
