internal import Synchronization
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A task executor with one thread, which may block.
///
/// Swift's main executor starts the main queue and the cooperative pool: four threads with a heap each, a third of the
/// time of a short command (measured: 1.3 of 4.1 ms). Tasks that prefer an executor (SE-0417) do without them;
/// unstructured tasks still go to the pool unless they name an executor.
package final class ThreadExecutor: TaskExecutor {
    /// The executor that runs the program, for unstructured tasks, which do not inherit the preference of the task that
    /// creates them; nil, and so Swift's pool, unless `runProgram` was called.
    package static var program: ThreadExecutor? { running.withLock { $0 } }

    /// Whether the current thread is the program's, which may block.
    package static var isProgramThread: Bool { program?.isCurrent ?? false }

    /// Whether the current thread is this executor's.
    package var isCurrent: Bool { thread.withLock(\.self) == Self.currentThread }

    private static let running = Mutex<ThreadExecutor?>(nil)

    private let jobs = BlockingQueue<UnownedJob>()
    private let thread = Mutex<UInt?>(nil)

    private init() {}

    /// Starts an executor with a thread that lives as long as the process.
    ///
    /// - Returns: nil when there can be no more threads; Swift's pool is the executor then.
    package static func start() -> ThreadExecutor? {
        let executor = ThreadExecutor()
        return (try? DetachedThread.start { executor.serve() }).map { executor }
    }

    /// Runs a program on this thread, which runs nothing else until the process ends.
    ///
    /// - Parameter body: what to run; it ends the process.
    package static func runProgram(_ body: @escaping @Sendable () async -> Never) -> Never {
        let executor = ThreadExecutor()
        running.withLock { $0 = executor }
        Task(executorPreference: executor) { await body() }
        executor.serve()
    }

    /// Adds a job; called by Swift's runtime.
    package func enqueue(_ job: consuming ExecutorJob) {
        jobs.append(UnownedJob(job))
    }

    private func serve() -> Never {
        thread.withLock { $0 = Self.currentThread }
        while true {
            jobs.next().runSynchronously(on: asUnownedTaskExecutor())
        }
    }

    private static var currentThread: UInt {
        #if canImport(Glibc)
            pthread_self()
        #else
            UInt(bitPattern: pthread_self())
        #endif
    }
}
