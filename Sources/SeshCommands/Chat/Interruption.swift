import Synchronization
import Terminal
import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs work that a signal interrupts: the work is cancelled, saves what it has, and then the signal is dealt with.
struct Interruption {
    /// A thread that is always free.
    private static let watching = ThreadExecutor.start()

    let monitor: SignalMonitor
    /// Puts the screen in order before the process ends without waiting for the work.
    var beforeDeath: @Sendable () -> Void = {}
    /// Stops the process and takes the terminal back when it goes on, where the monitor catches SIGTSTP.
    var suspend: @Sendable () -> Void = {}
    /// Takes the terminal back after the process was stopped otherwise, where the monitor catches SIGCONT.
    var resume: @Sendable () -> Void = {}

    /// Runs the work and watches for signals meanwhile.
    ///
    /// A second signal while the first is being dealt with ends the process at once: a person who presses Ctrl-C twice
    /// means it, and what is durable stays so.
    /// - Returns: how the work ended, and the signal that was caught, if any.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async -> (result: Result<Value, any Error>, signal: Int32?) {
        let caught = CaughtSignal()
        let task = Task(executorPreference: ThreadExecutor.program) { try await work() }
        let signals = monitor.signals()
        // Not on the thread of the work, which may be held up by a reader that doesn't read.
        let watch = Task(executorPreference: Self.watching) {
            var isContinuing = false
            for await number in signals {
                switch number {
                // To go on discards what was to stop the process before (signal(7)).
                case SIGTSTP where isContinuing: continue
                case SIGTSTP:
                    suspend()
                    // What ends a suspension is a signal, too.
                    isContinuing = true
                case SIGCONT:
                    if !isContinuing { resume() }
                    isContinuing = false
                // For the line editor, but too late for it.
                case SIGWINCH: continue
                case _ where caught.isSecond(number):
                    beforeDeath()
                    SignalMonitor.die(of: number)
                default: task.cancel()
                }
            }
        }
        let result = await task.result
        watch.cancel()
        await watch.value
        return (result, caught.number)
    }

    /// The first signal that was caught.
    private final class CaughtSignal: Sendable {
        private let first = Mutex<Int32?>(nil)

        var number: Int32? { first.withLock { $0 } }

        func isSecond(_ number: Int32) -> Bool {
            first.withLock { first in
                defer { first = first ?? number }
                return first != nil
            }
        }
    }
}
