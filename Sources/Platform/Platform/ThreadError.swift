#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system has no thread left.
package struct ThreadError: Error, CustomStringConvertible {
    /// The error number of pthread_create(3).
    package let errno: Int32

    /// Makes an error.
    package init(errno: Int32) { self.errno = errno }

    /// The failure in words, for people.
    package var description: String {
        "No thread can be started: this user, or this container, has as many processes and threads as it may have. Try "
            + "again, or raise the limit (ulimit -u). (\(String(cString: strerror(errno))))"
    }
}
