import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

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
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LocalEngineError(
                .inputOutput, "The local model's lock \(path) can't be opened.", cause: SystemError("open"))
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let failure = SystemError("flock")
            if failure.code == EINTR { continue }
            close(descriptor)
            if failure.code == EWOULDBLOCK { return nil }
            throw LocalEngineError(.inputOutput, "The local model's lock \(path) can't be taken.", cause: failure)
        }
        return LocalEngineLock(descriptor: descriptor)
    }

    private init(descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
