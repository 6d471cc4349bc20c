internal import CSystem
internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Threads for calls that block: Swift's cooperative pool has only as many as there are cores.
package enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// The threads that were started ahead, as the queues that they wait for.
    private static let waiting = Mutex<[BlockingQueue<@Sendable () -> Void>]>([])

    /// Starts a thread ahead, for the next body.
    ///
    /// pthread_create(3) waits while another thread is in dlopen(3), for the lock of thread-local storage: with glibc
    /// 2.36 a chat stood still for the 6 ms in which libcurl is loaded.
    ///
    /// - Throws: `ThreadError` when there can be no more threads.
    package static func startAhead() throws(ThreadError) {
        let thread = BlockingQueue<@Sendable () -> Void>()
        try startNew { thread.next()() }
        waiting.withLock { $0.append(thread) }
    }

    /// Runs `body` on a detached thread that no signal is delivered to.
    ///
    /// For libraries that block: signals are for the program's threads, and while SIGPIPE is blocked a write to a
    /// closed socket fails with EPIPE.
    ///
    /// - Throws: `ThreadError` when there can be no more threads.
    package static func startWithoutSignals(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
        try startNew(blockingSignals: true, body)
    }

    /// Runs `body` on a detached thread.
    ///
    /// - Throws: `ThreadError` when there can be no more threads.
    package static func start(_ body: @escaping @Sendable () -> Void) throws(ThreadError) {
        guard let thread = waiting.withLock({ $0.popLast() }) else { return try startNew(body) }
        thread.append(body)
    }

    /// Whether so many more threads can be started now: without one, libdispatch tries again every second for ever.
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

/// Runs blocking calls from tasks, on threads other than the cooperative pool's.
package enum BlockingThread {
    /// Runs a body on a thread of its own and waits for it without blocking the caller's thread.
    ///
    /// - Parameter body: may block; it has to notice cancellation by itself.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `ThreadError` if the system has no thread left.
    package static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            do {
                try DetachedThread.start { continuation.resume(with: Result { try body() }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Blocks the calling thread for a while.
    ///
    /// - Parameter milliseconds: how long, 0 to 999,999; less if a signal is delivered to the thread.
    package static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}

/// No thread can be started.
package struct ThreadError: Error, CustomStringConvertible {
    /// The error of pthread_create(3).
    package let cause: SystemError

    /// The failure in words, for people.
    package var description: String {
        "No thread can be started: this user, or this container, has as many processes and threads as it may have. Try "
            + "again, or raise the limit (ulimit -u). (\(cause.reason))"
    }
}
