#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A UNIX socket's address as the system calls want it.
package struct LocalEngineSocketAddress: Sendable {
    private var address = sockaddr_un()

    /// Makes an address, or `nil` if the path doesn't fit.
    init?(_ path: String) {
        guard Self.fits(path) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    }

    /// Whether a path, with the zero byte that ends it, fits in an address.
    static func fits(_ path: String) -> Bool {
        path.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path)
    }

    /// Calls `connect` on a socket.
    func connect(_ socket: CInt) -> CInt {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #if canImport(Glibc)
                    Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                #else
                    Darwin.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                #endif
            }
        }
    }
}
