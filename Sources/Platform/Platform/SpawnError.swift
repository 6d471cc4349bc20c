#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A program that could not be started.
package struct SpawnError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The system call that failed.
    package let call: String
    /// Its error number.
    package let errno: Int32

    /// Makes an error.
    package init(call: String, errno: Int32) {
        self.call = call
        self.errno = errno
    }

    /// The system's words for the error number.
    package var description: String { String(cString: strerror(errno)) }
}
