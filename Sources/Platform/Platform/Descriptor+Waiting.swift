#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Descriptor {
    /// Waits until a descriptor can be read from or written to without blocking.
    ///
    /// - Parameters:
    ///   - descriptor: an open file, such as a socket.
    ///   - reading: whether to wait for input, or the end of it.
    ///   - writing: whether to wait for room for output.
    ///   - milliseconds: how long at most; -1 for ever.
    /// - Returns: whether there is something to be done; false also if a signal interrupts the wait.
    package static func isReady(
        _ descriptor: Int32, reading: Bool, writing: Bool, within milliseconds: Int32
    ) -> Bool {
        let events = (reading ? POLLIN : 0) | (writing ? POLLOUT : 0)
        var ready = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        return poll(&ready, 1, milliseconds) > 0
    }
}
