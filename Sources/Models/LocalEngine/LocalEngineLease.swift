import Platform

/// Tells an engine's supervisor that the engine is in use.
///
/// The lease is a file whose presence means "used since the last check": clients create it, the supervisor removes it
/// and restarts its countdown. No times are compared, so neither a clock that jumps nor a laptop that slept ends an
/// engine early.
struct LocalEngineLease: Sendable {
    /// The file's path.
    let path: String
    /// How often a running request renews it: twice within the idle time, but at least every 20 s.
    let interval: Duration

    init(path: String, idleSeconds: Int) {
        self.path = path
        interval = min(.seconds(20), .seconds(idleSeconds) / 3)
    }

    /// Makes the file.
    ///
    /// Two system calls, nearly always on a file system in memory: fast enough for any thread.
    ///
    /// - Throws: ``LocalEngineError`` with the code `inputOutput`.
    func touch() throws(LocalEngineError) {
        do {
            Descriptor.close(try Descriptor.open(path, [.write, .create, .noLink]))
        } catch {
            throw LocalEngineError(.inputOutput, "The local model's lease \(path) can't be made.", cause: error)
        }
    }

    /// Renews the lease until the task is cancelled.
    func renew() async {
        while (try? await Task.sleep(for: interval)) != nil {
            // A failure may pass until the next time, and must not fail the request.
            try? touch()
        }
    }
}
