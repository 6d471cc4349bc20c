internal import Platform
internal import CSystem
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Catches signals for as long as it lives and hands their numbers to whoever is concerned.
///
/// There is one receiver at a time, the newest: the line editor while it reads a line, else the latest stream. A
/// signal that finds no receiver is kept for the next one, so that none is lost between a prompt and the work after
/// it. There can be only one monitor in a process.
package final class SignalMonitor: Sendable {
    private let router = SignalRouter()
    private let readerEnded = DispatchSemaphore(value: 0)
    /// Nil as long as the pipe is not this monitor's: deinit runs after an init that threw, too.
    private let caught: Mutex<Set<Int32>?> = Mutex(nil)

    /// Begins to catch signals.
    ///
    /// One that is ignored stays so: `nohup` relies on that for SIGHUP.
    ///
    /// - Parameter signals: the numbers, such as SIGINT, SIGTERM and SIGHUP.
    /// - Throws: `SignalMonitorError`.
    package init(catching signals: [Int32]) throws(SignalMonitorError) {
        let descriptor = sesh_signal_pipe_claim()
        guard descriptor >= 0 else { throw SignalMonitorError(errno: errno) }
        // A thread of its own and not one of the cooperative pool's: it blocks in read for the monitor's life.
        let failure = DetachedThread.start { [router, readerEnded] in
            Self.readNumbers(from: descriptor, into: router)
            readerEnded.signal()
        }
        guard failure == 0 else {
            sesh_signal_pipe_release()
            throw SignalMonitorError(errno: failure)
        }
        caught.withLock { $0 = [] }
        for number in signals { catchSignal(number) }
    }

    deinit { stop() }

    /// The signals from now on, until the stream is let go.
    ///
    /// - Returns: the numbers in the order of arrival, without any that a newer receiver got.
    package func signals() -> AsyncStream<Int32> {
        let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
        let id = router.add { continuation.yield($0) }
        continuation.onTermination = { [router] _ in router.remove(id) }
        return stream
    }

    /// Restores the former actions; doing it again does nothing.
    package func stop() {
        let numbers = caught.withLock { caught -> Set<Int32>? in
            defer { caught = nil }
            return caught
        }
        guard let numbers else { return }
        for number in numbers { sesh_signal_restore(number) }
        sesh_signal_pipe_end()
        // Soon: the reader never waits for anything but the pipe.
        readerEnded.wait()
        sesh_signal_pipe_release()
    }

    /// Ends the process by a signal's default action, so that a shell's loop stops too.
    ///
    /// - Parameter number: a signal whose default action ends a process, such as SIGINT.
    package static func die(of number: Int32) -> Never {
        sesh_signal_default_and_raise(number)
        // Only a signal that does not end a process comes back; a shell's status for it is 128 + number.
        _exit(128 + number)
    }

    /// Gives every signal to the receiver, and catches some more, while `body` runs.
    func receiving<Result>(
        alsoCatching signals: [Int32], with receiver: @escaping @Sendable (Int32) -> Void, while body: () -> Result
    ) -> Result {
        let added = signals.filter { catchSignal($0) }
        let id = router.add(receiver)
        defer {
            router.remove(id)
            for number in added { releaseSignal(number) }
        }
        return body()
    }

    /// Stops the process, as SIGTSTP does unless it is caught; returns when it goes on.
    ///
    /// - Parameter withGroup: whether the rest of the process group is stopped as well. The terminal does that by itself
    ///   where it turns Ctrl-Z into a signal.
    package static func stopProcess(withGroup: Bool = false) { sesh_signal_stop_process(withGroup ? 1 : 0) }

    /// Whether a signal is caught; one that was ignored never is.
    func isCatching(_ number: Int32) -> Bool { caught.withLock { $0?.contains(number) == true } }

    /// Returns whether the signal was not caught before.
    @discardableResult
    private func catchSignal(_ number: Int32) -> Bool {
        caught.withLock { caught in
            guard caught?.contains(number) == false, sesh_signal_catch(number) == 0 else { return false }
            caught?.insert(number)
            return true
        }
    }

    private func releaseSignal(_ number: Int32) {
        caught.withLock { caught in
            guard caught?.remove(number) != nil else { return }
            sesh_signal_restore(number)
        }
    }

    // One byte at a time: what follows the end mark belongs to the next monitor.
    private static func readNumbers(from descriptor: Int32, into router: SignalRouter) {
        var number: UInt8 = 0
        while true {
            let count = read(descriptor, &number, 1)
            if count == 1, number != 0 {
                router.route(Int32(number))
            } else if count >= 0 || errno != EINTR {
                return
            }
        }
    }
}
