import Platform

/// The lock that is held while an engine runs: the process that takes it may start one, and hands it over to the
/// engine.
///
/// An flock belongs to the open file description (flock(2)), so the engine inherits it with the descriptor, and it is
/// released when the last process that has it ends, however that happens. So there is no pid file that could be stale.
struct LocalEngineLock: ~Copyable {
    /// The descriptor that holds the lock.
    let descriptor: CInt

    /// Takes the lock if it is free.
    ///
    /// - Parameter path: The lock's file, created if it is missing and never removed: two processes must not hold locks
    ///   on two files of the same name.
    /// - Returns: The lock, or `nil` if another process has it.
    /// - Throws: ``LocalEngineError`` with the code `inputOutput`.
    static func take(_ path: String) throws(LocalEngineError) -> LocalEngineLock? {
        let descriptor: CInt
        do {
            descriptor = try Descriptor.open(path, [.readWrite, .create, .noLink])
        } catch {
            throw LocalEngineError(.inputOutput, "The local model's lock \(path) can't be opened.", cause: error)
        }
        let lock = LocalEngineLock(descriptor: descriptor)
        do {
            guard try Descriptor.tryLock(descriptor) else { return nil }
        } catch {
            throw LocalEngineError(.inputOutput, "The local model's lock \(path) can't be taken.", cause: error)
        }
        return lock
    }

    private init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        Descriptor.close(descriptor)
    }
}
