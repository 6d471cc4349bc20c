#if os(Linux)
    import Foundation
    import Glibc
    import HTTPTransport
    import SeshTestSupport
    import Testing

    /// The port at the other end of a TCP connection; nil when the descriptor is none.
    private func peerPort(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) }
        }
        guard result == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }

    /// What a program that is started while a connection is open gets to see of it.
    struct HTTPInheritanceTests {
        @Test func noConnectionIsInheritedByAChild() async {
            await #expect(processExitsWith: .success) {
                let server = try LoopbackServer { _, connection in try connection.respond(body: "kept alive") }
                let client = HTTPClient()
                #expect(try await client.send(HTTPRequest(url: server.url + "/")).body.text() == "kept alive")
                guard case .tcp(let port) = server.address else { return }
                let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
                let connections = descriptors.compactMap { Int32($0) }.filter { peerPort(of: $0) == port }
                #expect(connections.count == 1)
                for descriptor in connections { #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0) }
                withExtendedLifetime(client) {}
            }
        }
    }
#endif
