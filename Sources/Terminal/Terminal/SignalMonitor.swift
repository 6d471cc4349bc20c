internal import Platform
internal import CSystem
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Catches signals as long as it exists, and passes them to a receiver.
///
/// The newest receiver gets them: the line editor while it reads a line, else the work after it. Without a receiver a
/// signal is kept for the next one, so that none is lost between a prompt and the work after it. There can be only one
/// monitor in a process.
package final class SignalMonitor: Sendable {
    private let router = SignalRouter()
    private let readerEnded = DispatchSemaphore(value: 0)
    /// Nil while the monitor does not own the pipe: deinit runs even after an init that threw.
    private let caught: Mutex<Set<Int32>?> = Mutex(nil)

    /// Begins to catch signals.
    ///
    /// Signals that are ignored stay ignored: `nohup` relies on that for SIGHUP.
    ///
    /// - Parameter signals: their numbers, such as SIGINT, SIGTERM and SIGHUP.
    /// - Throws: `TerminalError`.
    package init(catching signals: [Int32]) throws(TerminalError) {
        let descriptor = sesh_signal_pipe_claim()
        guard descriptor >= 0 else { throw TerminalError(.signals, SystemError("pipe")) }
        // Not on the cooperative pool: it blocks in read as long as the monitor exists.
        do {
            try DetachedThread.start { [router, readerEnded] in
                Self.readNumbers(from: descriptor, into: router)
                readerEnded.signal()
            }
        } catch {
            sesh_signal_pipe_release()
            throw TerminalError(.signals, error.cause)
        }
        caught.withLock { $0 = [] }
        for number in signals { catchSignal(number) }
    }

    deinit { stop() }

    /// Adds a receiver, which gets every signal, those that were waiting first, until it is removed or a newer one is
    /// added.
    ///
    /// Both closures may be called from any thread, even while the receiver is being removed; a signal that is not
    /// taken then goes to the next receiver.
    ///
    /// - Parameters:
    ///   - take: takes a signal; returns false when the receiver takes no more.
    ///   - remind: called ten times a second once a signal was taken, as long as it returns true.
    /// - Returns: the receiver's id.
    package func receive(
        _ take: @escaping @Sendable (CaughtSignal) -> Bool, remind: @escaping @Sendable () -> Bool = { false }
    ) -> UInt64 { router.add(SignalRouter.Receiver(take: take, remind: remind)) }

    /// Removes a receiver.
    ///
    /// - Parameter id: the id from `receive`.
    package func endReception(_ id: UInt64) { router.remove(id) }

    /// Restores the former actions; another call does nothing.
    ///
    /// - Returns: the numbers of the signals that were caught but not received.
    @discardableResult
    package func stop() -> [Int32] {
        let numbers = caught.withLock { caught -> Set<Int32>? in
            defer { caught = nil }
            return caught
        }
        guard let numbers else { return [] }
        for number in numbers { sesh_signal_restore(number) }
        sesh_signal_pipe_end()
        // This is short: the reader waits only for the pipe.
        readerEnded.wait()
        sesh_signal_pipe_release()
        return router.takeWaiting().map(\.number)
    }

    /// Ends the process by a signal's default action, so that a loop of the shell stops too.
    ///
    /// - Parameter number: a signal whose default action ends a process, such as SIGINT.
    package static func die(of number: Int32) -> Never {
        sesh_signal_default_and_raise(number)
        // Only a signal that does not end a process gets here; a shell's status for it is 128 + number.
        _exit(128 + number)
    }

    /// Passes every signal to the receiver, and catches further ones, while `body` runs.
    ///
    /// - Parameters:
    ///   - signals: the further signals.
    ///   - receiver: called with a signal's number under a lock, so that it is never called after this returns; it must
    ///     not block, nor call foreign code.
    ///   - body: runs meanwhile.
    /// - Returns: the body's result.
    func receiving<Result>(
        alsoCatching signals: [Int32], with receiver: @escaping @Sendable (Int32) -> Void, while body: () -> Result
    ) -> Result {
        let added = signals.filter { catchSignal($0) }
        let gate = ReceiverGate()
        let id = receive { signal in gate.pass { receiver(signal.number) } }
        defer {
            gate.close()
            router.remove(id)
            for number in added { releaseSignal(number) }
        }
        return body()
    }

    /// Passes a signal to the present receiver, because it came too late for the one that got it.
    func passOn(_ number: Int32) { router.route(CaughtSignal(number: number, isFromKeyboard: false)) }

    /// Passes signals to a receiver until it is closed.
    private final class ReceiverGate: Sendable {
        private let isOpen = Mutex(true)

        func pass(_ body: () -> Void) -> Bool {
            isOpen.withLock { isOpen in
                if isOpen { body() }
                return isOpen
            }
        }

        func close() { isOpen.withLock { $0 = false } }
    }

    /// Stops the process, as SIGTSTP does unless it is caught; returns when the process continues.
    ///
    /// - Parameter withGroup: whether the rest of the process group is stopped as well; where the terminal turns Ctrl-Z
    ///   into a signal, it does so itself.
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

    // One byte at a time: what follows the end mark is for the next monitor.
    private static func readNumbers(from descriptor: Int32, into router: SignalRouter) {
        var byte: UInt8 = 0
        while true {
            if router.hasReminders {
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                if poll(&ready, 1, 100) == 0 { router.remind() }
                if ready.revents == 0 { continue }
            }
            let count = read(descriptor, &byte, 1)
            if count == 1, byte != 0 {
                let keyboard = UInt8(SESH_SIGNAL_FROM_KEYBOARD)
                router.route(CaughtSignal(number: Int32(byte & ~keyboard), isFromKeyboard: byte & keyboard != 0))
            } else if count >= 0 || errno != EINTR {
                return
            }
        }
    }
}

/// A signal that was caught.
package struct CaughtSignal: Sendable, Equatable {
    /// The signal's number.
    package let number: Int32
    /// Whether a key has sent it; always true where the system doesn't tell (macOS).
    package let isFromKeyboard: Bool
}
