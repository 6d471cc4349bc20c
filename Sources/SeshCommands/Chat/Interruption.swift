import Terminal
import Platform

/// Runs work that a signal interrupts: the work is cancelled, saves what it has, and then the signal is dealt with.
struct Interruption: Sendable {
    /// What catches signals; nil where the process is somebody else's.
    let monitor: SignalMonitor?
    /// The signals after which the program goes on.
    var survived: Set<Int32> = []
    /// Puts the screen in order before the process ends without waiting for the work, and says so.
    var beforeDeath: @Sendable () -> Void = {}
    /// Stops the process and takes the terminal back when it goes on, where the monitor catches SIGTSTP.
    var suspend: @Sendable () -> Void = {}
    /// Takes the terminal back after the process was stopped otherwise, where the monitor catches SIGCONT.
    var resume: @Sendable () -> Void = {}

    /// Runs the work and watches for signals meanwhile.
    ///
    /// - Returns: how the work ended, and the signal that interrupted it, if any.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () async throws -> Value
    ) async -> (result: Result<Value, any Error>, signal: Int32?) {
        let task = Task(executorPreference: ThreadExecutor.program) { try await work() }
        let watch = InterruptedWork(self) { task.cancel() }
        // Signals are dealt with on the monitor's thread, not on the work's, which a reader that doesn't read may hold up.
        let reception = monitor?.receive({ watch.take($0) }, remind: { watch.remind() })
        let result = await task.result
        let signal = watch.end()
        if let reception { monitor?.endReception(reception) }
        return (result, signal)
    }
}
