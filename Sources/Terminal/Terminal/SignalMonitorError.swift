#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why signals could not be caught.
package struct SignalMonitorError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The system's error number; `EBUSY` when another monitor is in use.
    package let errno: Int32

    /// The failure in words, for people.
    package var description: String {
        "can't catch signals: \(String(cString: strerror(errno)))"
    }
}
