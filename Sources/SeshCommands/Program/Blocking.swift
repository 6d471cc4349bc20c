internal import Dispatch

/// Calls that block, kept off Swift's cooperative pool, which has only as many threads as there are cores.
enum Blocking {
    /// Runs a blocking call on a thread of its own and waits for it without holding one of the pool's.
    ///
    /// A private queue targets an overcommitting root queue, so that it gets its thread at once, however many block.
    static func run<Result: Sendable>(_ call: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "sesh.blocking").async {
                continuation.resume(with: Swift.Result { try call() })
            }
        }
    }
}
