import Platform
import Synchronization

/// Threads for calls that wait for a database, so that none of them holds up Swift's own, of which there are as many as
/// cores.
///
/// A thread is started when all are at work, up to a limit, and stays for the next call.
final class SQLWork: Sendable {
    private struct Staff {
        var started = 0
        /// Calls that run or wait for a thread.
        var calls = 0
    }

    private let most: Int
    private let jobs = BlockingQueue<(@Sendable () -> Void)?>()
    private let staff = Mutex(Staff())

    /// Makes a staff that has no thread yet.
    ///
    /// - Parameter most: how many threads at most.
    init(most: Int) { self.most = most }

    deinit {
        for _ in 0..<staff.withLock(\.started) { jobs.append(nil) }
    }

    /// Runs a call that waits, without holding up the caller's thread.
    ///
    /// - Returns: what the call returns.
    /// - Throws: what the call throws, or `ThreadError` if there is no thread for it.
    func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try startThreadIfNeeded()
        return try await withCheckedThrowingContinuation { continuation in
            jobs.append { continuation.resume(with: Swift.Result { try body() }) }
        }
    }

    private func startThreadIfNeeded() throws(ThreadError) {
        let isNeeded = staff.withLock { staff in
            staff.calls += 1
            guard staff.calls > staff.started, staff.started < most else { return false }
            staff.started += 1
            return true
        }
        guard isNeeded else { return }
        do {
            // The thread holds the queue alone: it has to end with the staff, not keep it.
            try DetachedThread.startWithoutSignals { [jobs, weak self] in
                while let job = jobs.next() {
                    job()
                    self?.staff.withLock { $0.calls -= 1 }
                }
            }
        } catch {
            let others = staff.withLock { staff in
                staff.started -= 1
                if staff.started == 0 { staff.calls -= 1 }
                return staff.started
            }
            // With another thread the call only waits a little longer.
            if others == 0 { throw error }
        }
    }
}
