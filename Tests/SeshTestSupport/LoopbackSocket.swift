import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Makes listening sockets.
enum LoopbackSocket {
    static func listenOnTCP() throws -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return try listen(AF_INET, &address)
    }

    static func listenOnUNIX(_ path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let isTooLong = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard path.utf8.count < room.count else { return true }
            room.copyBytes(from: path.utf8)
            return false
        }
        if isTooLong { throw POSIXError(.ENAMETOOLONG) }
        return try listen(AF_UNIX, &address)
    }

    static func port(of listener: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        guard result == 0 else { throw lastError() }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func listen<Address>(_ family: Int32, _ address: inout Address) throws -> Int32 {
        #if canImport(Glibc)
            // A test that starts a program must not leave it a copy of the listener.
            let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        #else
            let descriptor = socket(family, SOCK_STREAM, 0)
            if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        #endif
        guard descriptor >= 0 else { throw lastError() }
        let size = socklen_t(MemoryLayout<Address>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        #if canImport(Glibc)
            let listening = bound == 0 ? Glibc.listen(descriptor, 128) : -1
        #else
            let listening = bound == 0 ? Darwin.listen(descriptor, 128) : -1
        #endif
        guard listening == 0 else {
            let error = lastError()
            close(descriptor)
            throw error
        }
        return descriptor
    }

    static func lastError() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
