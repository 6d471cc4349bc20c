#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs what blocks on a thread of its own: the cooperative pool has as many threads as the machine has cores.
enum BlockingThread {
    /// Runs a body and waits for it without holding up the caller's thread.
    ///
    /// - Parameter body: what blocks; it has to notice cancellation by itself.
    /// - Returns: what the body returns.
    /// - Throws: what the body throws, or `SystemFailure` if the system has no thread left.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job { continuation.resume(with: Result { try body() }) }
            let context = Unmanaged.passRetained(job)
            #if canImport(Darwin)
                var thread: pthread_t?
            #else
                var thread = pthread_t()
            #endif
            let result = pthread_create(&thread, nil, threadMain, context.toOpaque())
            guard result == 0 else {
                context.release()
                continuation.resume(throwing: SystemFailure(call: "pthread_create", number: result))
                return
            }
            #if canImport(Darwin)
                if let thread { pthread_detach(thread) }
            #else
                pthread_detach(thread)
            #endif
        }
    }

    private final class Job: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    #if canImport(Darwin)
        private static let threadMain: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? = {
            Unmanaged<Job>.fromOpaque($0).takeRetainedValue().body()
            return nil
        }
    #else
        private static let threadMain: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
            if let context = $0 { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }
    #endif
}
