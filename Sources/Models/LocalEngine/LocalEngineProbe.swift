#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Asks an engine whether it is ready: one `GET /health` over its socket.
///
/// It uses the socket directly because it runs before every request and must cost next to nothing; the descriptor never
/// blocks, so a task waits and not a thread.
struct LocalEngineProbe {
    /// The socket's path.
    let socketPath: String
    /// How long an engine may take to answer before it counts as not ready.
    var patience: Duration = .seconds(1)

    /// Whether the engine answers that it is ready.
    ///
    /// - Throws: `CancellationError` if the task is cancelled meanwhile.
    func isReady() async throws -> Bool {
        guard let address = LocalEngineSocketAddress(socketPath) else { return false }
        let descriptor = Self.openSocket()
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // With a full backlog (EAGAIN) the engine is not ready; other connections to UNIX sockets succeed at once
        // (unix(7)).
        guard address.connectSocket(descriptor) == 0 else { return false }
        let request = Array("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
        guard Self.send(request, to: descriptor) else { return false }
        return try await answer(from: descriptor).starts(with: "HTTP/1.1 200".utf8)
    }

    /// The first bytes of the answer; fewer if it ends or takes too long.
    private func answer(from descriptor: CInt) async throws -> [UInt8] {
        let clock = ContinuousClock()
        let deadline = clock.now + patience
        var answer: [UInt8] = []
        var pause = Duration.milliseconds(1)
        while answer.count < 12 {
            var chunk = [UInt8](repeating: 0, count: 64)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                answer += chunk.prefix(count)
            } else if count < 0, errno == EAGAIN || errno == EINTR, clock.now < deadline {
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .milliseconds(20))
            } else {
                break
            }
        }
        return answer
    }

    private static func openSocket() -> CInt {
        #if canImport(Glibc)
            return socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
            guard descriptor >= 0 else { return descriptor }
            var on: CInt = 1
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<CInt>.size))
            return descriptor
        #endif
    }

    /// Sends a request that fits in a new socket's buffer; an engine that has ended must not cause a SIGPIPE.
    private static func send(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        #if canImport(Glibc)
            return Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count
        #else
            return Darwin.send(descriptor, bytes, bytes.count, 0) == bytes.count
        #endif
    }
}

/// A UNIX socket's address for system calls.
struct LocalEngineSocketAddress: Sendable {
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

    /// Connects a socket (connect(2)).
    func connectSocket(_ socket: CInt) -> CInt {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
