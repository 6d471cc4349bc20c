internal import Synchronization
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Runs the jobs of tasks on one thread that may block.
///
/// Work that begins on Swift's main executor starts the main queue and the cooperative pool: four threads with a heap
/// each, a third of the time that a short command takes from its start to its end (measured: 1.3 of 4.1 ms). Tasks that
/// prefer an executor (SE-0417) do without them; unstructured tasks still go to the pool unless told otherwise.
package final class ThreadExecutor: TaskExecutor {
    /// The thread that runs the program, for unstructured tasks.
    ///
    /// They do not inherit the preference of the task that makes them. Nil in a program that runs otherwise; Swift's pool
    /// is the executor then.
    package static var program: ThreadExecutor? { running.withLock { $0 } }

    /// Whether the current thread is the one that runs the program: it may wait, for nothing else of the pool would.
    package static var isProgramThread: Bool { program?.isCurrent ?? false }

    /// Whether the current thread is this executor's.
    package var isCurrent: Bool { thread.withLock(\.self) == Self.currentThread }

    private static let running = Mutex<ThreadExecutor?>(nil)

    private let jobs = BlockingQueue<UnownedJob>()
    private let thread = Mutex<UInt?>(nil)

    private init() {}

    /// Starts an executor with a thread of its own, which lives as long as the process.
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

    /// Takes a job; called by Swift's runtime.
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
