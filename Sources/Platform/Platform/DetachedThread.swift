internal import CSystem
internal import Dispatch
internal import Synchronization

/// Threads for calls that block: Swift's cooperative pool has only as many as there are cores.
package enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// What each thread that was started ahead waits for.
    private static let waiting = Mutex<[BlockingQueue<@Sendable () -> Void>]>([])

    /// Starts a thread ahead, for the next body.
    ///
    /// pthread_create(3) waits while another thread is in dlopen(3), for the lock of thread-local storage: seen with
    /// glibc 2.36, where a chat stood still for the 6 ms in which libcurl is opened beside it.
    ///
    /// - Throws: `ThreadError` when there can be no more threads.
    package static func startAhead() throws(ThreadError) {
        let thread = BlockingQueue<@Sendable () -> Void>()
        try startNew { thread.next()() }
        waiting.withLock { $0.append(thread) }
    }

    /// Runs `body` on a thread of its own that nobody waits for, and that no signal is delivered to.
    ///
    /// For libraries that block: signals belong to the program's threads, and a blocked SIGPIPE turns a write to a closed
    /// socket into EPIPE.
    ///
    /// - Throws: `ThreadError` when there can be no more threads.
    package static func startWithoutSignals(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
        try startNew(blockingSignals: true, body)
    }

    /// Runs `body` on a thread of its own that nobody waits for.
    ///
    /// - Throws: `ThreadError` when there can be no more threads.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
        guard let thread = waiting.withLock({ $0.popLast() }) else { return try startNew(body) }
        thread.append(body)
    }

    /// Whether so many more threads can be started now: libdispatch, where it gets none, tries again every second for ever.
    ///
    /// - Parameter count: how many, 1 or more.
    package static func canStart(_ count: Int) -> Bool {
        let mayEnd = DispatchSemaphore(value: 0)
        let hasEnded = DispatchSemaphore(value: 0)
        var started = 0
        while started < count {
            do throws(ThreadError) {
                try startNew {
                    mayEnd.wait()
                    hasEnded.signal()
                }
            } catch {
                break
            }
            started += 1
        }
        for _ in 0..<started { mayEnd.signal() }
        for _ in 0..<started { hasEnded.wait() }
        return started == count
    }

    private static func startNew(
        blockingSignals: Bool = false, _ body: @escaping @Sendable () -> Void
    ) throws(ThreadError) {
        let context = Unmanaged.passRetained(Body(body))
        let failure = sesh_thread_start(
            { context in
                guard let context else { return }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
            }, context.toOpaque(), blockingSignals ? 1 : 0)
        guard failure != 0 else { return }
        context.release()
        throw ThreadError(cause: SystemError("pthread_create", code: failure))
    }
}
