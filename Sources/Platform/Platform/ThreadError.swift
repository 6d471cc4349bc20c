#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system has no thread left.
package struct ThreadError: Error, CustomStringConvertible {
    /// The error number of pthread_create(3).
    package let errno: Int32

    /// The failure in words, for people.
    package var description: String { "no thread can be started: \(String(cString: strerror(errno)))" }
}
