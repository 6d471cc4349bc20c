#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The three descriptors that every program takes for granted.
enum StandardStreams {
    /// Holds the places of those that the caller has closed (`sesh … >&-`).
    ///
    /// Otherwise the next file that is opened would get the number, and an answer could be written into a session.
    /// Opened the wrong way round, so that using one still fails as using a closed one does.
    static func holdPlaces() {
        for (descriptor, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDWR)] {
            guard fcntl(descriptor, F_GETFD) == -1, errno == EBADF else { continue }
            // The lowest free number is this one: those below it are open by now.
            _ = open("/dev/null", mode)
        }
    }
}
