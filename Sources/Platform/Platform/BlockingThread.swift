/// Runs what blocks on a thread of its own: the cooperative pool has as many threads as the machine has cores.
package enum BlockingThread {
    /// Runs a body and waits for it without holding up the caller's thread.
    ///
    /// - Parameter body: what blocks; it has to notice cancellation by itself.
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
}
