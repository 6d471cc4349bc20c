#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

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

    /// Blocks the calling thread for a while.
    ///
    /// - Parameter milliseconds: how long, 0 to 999,999; less if a signal is delivered to the thread.
    package static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }
}
