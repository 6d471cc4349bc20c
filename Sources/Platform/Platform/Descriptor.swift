internal import CSystem
#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Calls for descriptors that somebody else owns.
package enum Descriptor {
    /// Makes a pipe whose ends no child process inherits.
    ///
    /// - Returns: its ends; whoever calls closes them.
    package static func pipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Glibc)
            let result = Glibc.pipe(&ends)
        #else
            let result = Darwin.pipe(&ends)
        #endif
        guard result == 0 else { throw SystemError("pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    /// Opens a file.
    ///
    /// No child process inherits it, one that is made has the mode 0600, and no terminal becomes this process's own.
    ///
    /// - Parameters:
    ///   - path: where it is.
    ///   - access: what it is opened for.
    /// - Returns: the descriptor; whoever calls closes it.
    package static func open(_ path: String, _ access: FileAccess) throws(SystemError) -> Int32 {
        try retried("open") { sesh_openat(AT_FDCWD, path, access.rawValue | O_CLOEXEC | O_NOCTTY, 0o600) }
    }

    /// Locks a file for this open description alone, without waiting (flock(2)).
    ///
    /// - Parameters:
    ///   - descriptor: the open file.
    ///   - isShared: whether others may share the lock.
    ///   - path: the file, for the error.
    /// - Returns: whether the lock was free.
    package static func tryLock(
        _ descriptor: Int32, isShared: Bool = false, path: String? = nil
    ) throws(SystemError) -> Bool {
        do {
            try retried("flock", path) { sesh_flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) }
            return true
        } catch {
            if error.code == EWOULDBLOCK { return false }
            throw error
        }
    }

    /// Locks a file for this open description alone, waiting for it in the kernel's line (flock(2)).
    ///
    /// - Parameters:
    ///   - descriptor: the open file.
    ///   - path: the file, for the error.
    package static func lock(_ descriptor: Int32, path: String? = nil) throws(SystemError) {
        try retried("flock", path) { sesh_flock(descriptor, LOCK_EX) }
    }

    /// Closes a descriptor.
    ///
    /// - Returns: what went wrong: some file systems report a full disk only here (close(2)).
    @discardableResult
    package static func close(_ descriptor: Int32) -> SystemError? {
        #if canImport(Glibc)
            let result = Glibc.close(descriptor)
        #else
            let result = Darwin.close(descriptor)
        #endif
        return result == 0 ? nil : SystemError("close")
    }

    /// Writes a byte that wakes a reader; one that can't be written is passed over.
    ///
    /// - Parameters:
    ///   - descriptor: the end of a pipe.
    ///   - byte: what the reader gets.
    package static func write(_ descriptor: Int32, byte: UInt8) {
        var byte = byte
        #if canImport(Glibc)
            _ = Glibc.write(descriptor, &byte, 1)
        #else
            _ = Darwin.write(descriptor, &byte, 1)
        #endif
    }

    /// Reads what there is; blocks until there is something.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading.
    ///   - count: how many bytes at most.
    /// - Returns: the bytes; none at the end.
    package static func read(_ descriptor: Int32, upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemError) {
                filled = try retried("read") {
                    #if canImport(Glibc)
                        Glibc.read(descriptor, buffer.baseAddress, count)
                    #else
                        Darwin.read(descriptor, buffer.baseAddress, count)
                    #endif
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Reads to the end.
    ///
    /// - Parameter descriptor: open for reading.
    package static func readAll(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        while case let piece = try read(descriptor, upTo: 65_536), !piece.isEmpty { bytes += piece }
        return bytes
    }

    /// Waits for input, or the end of it.
    ///
    /// - Parameters:
    ///   - descriptor: open for reading.
    ///   - milliseconds: how long at most; -1 for ever.
    /// - Returns: whether a read would not block; false also if a signal interrupts the wait.
    package static func hasInput(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&ready, 1, milliseconds) > 0
    }
}
