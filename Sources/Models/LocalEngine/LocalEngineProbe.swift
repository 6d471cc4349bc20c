#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Asks an engine whether it is ready: one `GET /health` over its socket.
///
/// It speaks to the socket directly because it is asked before every request and must cost next to nothing; the
/// descriptor never blocks, so the wait is the task's and not a thread's.
package struct LocalEngineProbe {
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
        // A full backlog (EAGAIN) is an engine that is not ready to talk; connections to UNIX sockets are
        // otherwise made at once (unix(7)).
        guard address.connect(descriptor) == 0 else { return false }
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

    /// Sends a request that a fresh socket's buffer takes whole; an engine that went away must not be a SIGPIPE.
    private static func send(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
        #if canImport(Glibc)
            return Glibc.send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count
        #else
            return Darwin.send(descriptor, bytes, bytes.count, 0) == bytes.count
        #endif
    }
}
