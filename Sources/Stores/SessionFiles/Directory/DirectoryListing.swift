internal import Platform

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The names in a directory.
struct DirectoryListing: ~Copyable {
    private let stream: Stream
    private let path: String

    #if canImport(Glibc)
        private typealias Stream = OpaquePointer
    #else
        private typealias Stream = UnsafeMutablePointer<DIR>
    #endif

    /// Begins a listing, independent of others of the same directory.
    init(of directory: borrowing OpenFile) throws(SystemCallError) {
        path = directory.path
        let own = try OpenFile(".", in: directory.descriptor, path: directory.path, [.read, .directory])
        // The stream owns the descriptor it is given, so it gets one that nobody else closes.
        let descriptor = try retried("dup", path) { fcntl(own.descriptor, F_DUPFD_CLOEXEC, 0) }
        guard let stream = fdopendir(descriptor) else {
            let error = SystemCallError("fdopendir", path)
            _ = close(descriptor)
            throw error
        }
        self.stream = stream
    }

    deinit { _ = closedir(stream) }

    /// Hands over every name that is UTF-8.
    func forEach(_ body: (String) -> Void) throws(SystemCallError) {
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno == EINTR { continue }
                if errno != 0 { throw SystemCallError("readdir", path) }
                return
            }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let name { body(name) }
        }
    }
}
