import Dispatch
import Platform

/// Threads for calls that block, so that none of them holds up Swift's own, of which there are as many as cores.
///
/// Serial queues: they have threads of their own (libdispatch's overcommit pool), where concurrent queues share the
/// pool that Swift's tasks run on. A thread exists only while there is work.
///
/// Not a new thread for each call, as for calls that wait long: a thousand sessions that are written at once by a
/// program that embeds the store are eight threads, and the changes of one session stand in line here instead of trying
/// one lock again and again.
struct BlockingWork: Sendable {
    /// Whether the current thread is one that may wait; what is called on another one goes to a queue.
    let mayBlockThread: @Sendable () -> Bool

    private let queues = (0..<8).map { DispatchQueue(label: "sesh.session-files.\($0)") }

    /// Whether the program has no threads left beside the current one, which may wait; then nothing can be shared out.
    var isStarved: Bool {
        // The queue's thread, libdispatch's manager, and Swift's pool on two cores.
        mayBlockThread() && !DetachedThread.canStart(4)
    }

    /// Runs a call that blocks.
    ///
    /// - Parameters:
    ///   - number: calls with the same number run one after another.
    ///   - isOneOfMany: whether others run at the same time, so that a thread of its own is worth its start.
    ///   - body: the call.
    /// - Returns: what the call returns.
    func run<Result: Sendable>(
        _ number: Int, isOneOfMany: Bool = false, _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        if !isOneOfMany && mayBlockThread() { return try body() }
        return try await withCheckedThrowingContinuation { continuation in
            queues[number % queues.count].async {
                continuation.resume(with: Swift.Result { try body() })
            }
        }
    }
}
