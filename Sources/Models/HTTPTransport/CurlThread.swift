internal import CCurl

/// Threads that libcurl may block, and that no signal is delivered to.
enum CurlThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a new thread that nobody waits for.
    ///
    /// - Returns: whether there was a thread left.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let context = Unmanaged.passRetained(Body(body))
        let isStarted = sesh_curl_thread_start(
            { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() }, context.toOpaque())
        if !isStarted { context.release() }
        return isStarted
    }
}
