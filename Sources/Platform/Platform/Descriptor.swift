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

    /// Closes a descriptor.
    package static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
            _ = Glibc.close(descriptor)
        #else
            _ = Darwin.close(descriptor)
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
