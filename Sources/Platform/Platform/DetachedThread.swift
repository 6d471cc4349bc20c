internal import CSystem
internal import Dispatch
internal import Synchronization

/// Threads for calls that block: Swift's cooperative pool has only as many as there are cores.
package enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// A thread that waits for what it is to run.
    private final class WaitingThread: Sendable {
        private let body = Mutex<(@Sendable () -> Void)?>(nil)
        private let isGiven = DispatchSemaphore(value: 0)

        func give(_ body: @escaping @Sendable () -> Void) {
            self.body.withLock { $0 = body }
            isGiven.signal()
        }

        func run() {
            isGiven.wait()
            body.withLock { $0.take() }?()
        }
    }

    private static let waiting = Mutex<[WaitingThread]>([])

    /// Starts a thread ahead, for the next body.
    ///
    /// pthread_create(3) waits while another thread is in dlopen(3), for the lock of thread-local storage: seen with
    /// glibc 2.36, where a chat stood still for the 6 ms in which libcurl is opened beside it.
    ///
    /// - Throws: `ThreadError` when there can be no more threads.
    package static func startAhead() throws(ThreadError) {
        let thread = WaitingThread()
        let failure = startNew { thread.run() }
        guard failure == 0 else { throw ThreadError(errno: failure) }
        waiting.withLock { $0.append(thread) }
    }

    /// Runs `body` on a thread of its own that nobody waits for, and that no signal is delivered to.
    ///
    /// For libraries that block: signals belong to the program's threads, and a blocked SIGPIPE turns a write to a closed
    /// socket into EPIPE.
    ///
    /// - Returns: 0, or the error number when there can be no more threads.
    package static func startWithoutSignals(_ body: @escaping @Sendable () -> Void) -> Int32 {
        startNew(blockingSignals: true, body)
    }

    /// Runs `body` on a thread of its own that nobody waits for.
    ///
    /// - Returns: 0, or the error number when there can be no more threads.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
        guard let thread = waiting.withLock({ $0.popLast() }) else { return startNew(body) }
        thread.give(body)
        return 0
    }

    /// Whether so many more threads can be started now: libdispatch, where it gets none, tries again every second for ever.
    ///
    /// - Parameter count: how many, 1 or more.
    package static func canStart(_ count: Int) -> Bool {
        let mayEnd = DispatchSemaphore(value: 0)
        let hasEnded = DispatchSemaphore(value: 0)
        var started = 0
        while started < count {
            let failure = startNew {
                mayEnd.wait()
                hasEnded.signal()
            }
            guard failure == 0 else { break }
            started += 1
        }
        for _ in 0..<started { mayEnd.signal() }
        for _ in 0..<started { hasEnded.wait() }
        return started == count
    }

    private static func startNew(blockingSignals: Bool = false, _ body: @escaping @Sendable () -> Void) -> Int32 {
        let context = Unmanaged.passRetained(Body(body))
        let failure = sesh_thread_start(
            { context in
                guard let context else { return }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
            }, context.toOpaque(), blockingSignals ? 1 : 0)
        if failure != 0 { context.release() }
        return failure
    }
}
