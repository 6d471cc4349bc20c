import Foundation
import Platform
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Stands between a store and a server, and cuts a connection after so many bytes, whichever way they went.
final class CuttingProxy: Sendable {
    private struct State {
        var passed = 0
        var rest: Int?
    }

    /// The folder with the socket.
    let directory: String
    private let target: String
    private let listener: Int32
    private let state = Mutex(State())

    /// Opens a proxy.
    ///
    /// - Parameter directory: where the server's socket is.
    init(to directory: String) throws {
        target = directory + "/.s.PGSQL.5432"
        self.directory = "/tmp/sesh-cut-\(getpid())-\(UInt16.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        listener = Self.socket()
        guard Self.withAddress(self.directory + "/.s.PGSQL.5432", { bind(listener, $0, $1) }) == 0,
            listen(listener, 16) == 0
        else { throw CocoaError(.fileWriteUnknown) }
        try DetachedThread.start { [listener, weak self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                guard let self else { break }
                serve(client)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// How many bytes have passed since this was asked last.
    func takeCount() -> Int {
        state.withLock { state in
            defer { state.passed = 0 }
            return state.passed
        }
    }

    /// Cuts the connection that the byte behind so many more goes over; nil: none.
    func cut(after count: Int?) { state.withLock { $0.rest = count } }

    private func serve(_ client: Int32) {
        let server = Self.socket()
        guard Self.withAddress(target, { connect(server, $0, $1) }) == 0 else {
            close(client)
            close(server)
            return
        }
        let ways = OpenWays()
        for (from, to) in [(client, server), (server, client)] {
            try? DetachedThread.start {
                self.pump(from, to)
                guard ways.end() == 0 else { return }
                close(client)
                close(server)
            }
        }
    }

    /// How many of a connection's two ways are still open.
    private final class OpenWays: Sendable {
        private let count = Mutex(2)

        func end() -> Int {
            count.withLock { count in
                count -= 1
                return count
            }
        }
    }

    /// Passes bytes on until an end or the cut.
    private func pump(_ from: Int32, _ to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while case let count = read(from, &buffer, buffer.count), count > 0 {
            let (allowed, isCut) = state.withLock { state in
                guard let rest = state.rest else {
                    state.passed += count
                    return (count, false)
                }
                guard count > rest else {
                    state.rest = rest - count
                    return (count, false)
                }
                state.rest = nil
                return (rest, true)
            }
            if allowed > 0 { _ = buffer.withUnsafeBytes { send(to, $0.baseAddress, allowed, Int32(MSG_NOSIGNAL)) } }
            if isCut { break }
        }
        shutdown(from, Int32(SHUT_RDWR))
        shutdown(to, Int32(SHUT_RDWR))
    }

    private static func socket() -> Int32 {
        #if canImport(Glibc)
            Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #else
            Darwin.socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
