internal import CSystem

/// Threads for calls that block: Swift's cooperative pool has only as many as there are cores.
package enum DetachedThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs `body` on a new thread that nobody waits for.
    ///
    /// - Returns: 0, or the error number when there can be no more threads.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Int32 {
        let context = Unmanaged.passRetained(Body(body))
        let failure = sesh_thread_start(
            { context in
                guard let context else { return }
                Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
            }, context.toOpaque())
        if failure != 0 { context.release() }
        return failure
    }
}
