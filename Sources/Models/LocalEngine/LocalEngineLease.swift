import Platform

/// Tells an engine's supervisor that somebody uses the engine.
///
/// The lease is a file whose being there means "used since you last looked": clients make it, the supervisor
/// removes it and starts counting anew. No times are compared, so neither a clock that jumps nor a laptop that
/// slept ends an engine early.
package struct LocalEngineLease: Sendable {
    /// The file's path.
    let path: String
    /// How often a request under way renews it: twice in the shortest time an engine waits, at most every 20 s.
    let interval: Duration

    init(path: String, idleSeconds: Int) {
        self.path = path
        interval = min(.seconds(20), .seconds(idleSeconds) / 3)
    }

    /// Makes the file.
    ///
    /// Two system calls on a file system that is nearly always memory: quick enough for any thread.
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
            // A lease that can't be renewed now may be in 20 s; the request itself must not fail of it.
            try? touch()
        }
    }
}
