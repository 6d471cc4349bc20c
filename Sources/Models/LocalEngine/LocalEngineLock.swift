import Platform

/// The lock that says that an engine lives: whoever gets it may start one, and hands it over to the engine.
///
/// An flock belongs to the open file, not to the process (flock(2)), so it passes to the engine with an inherited
/// descriptor and falls when the last process that holds it is gone, however it went. No pid file can be stale.
package struct LocalEngineLock: ~Copyable {
    /// The descriptor that holds the lock.
    let descriptor: CInt

    /// Takes the lock if nobody has it.
    ///
    /// - Parameter path: The lock's file, made if it is missing and never removed: two processes must not hold
    ///   locks on two files of the same name.
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
