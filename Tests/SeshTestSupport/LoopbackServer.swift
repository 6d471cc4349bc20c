import SessionKitTesting
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An HTTP server on this machine whose answers a test writes byte by byte.
///
/// Each connection has a thread of its own, stays open between requests, and ends with the server. The
/// handler runs on that thread and may block: on a ``Gate``, or until the client goes away.
package final class LoopbackServer: Sendable {
    /// Answers one request.
    ///
    /// Returning keeps the connection for the next one, unless it was closed.
    package typealias Handler = @Sendable (LoopbackRequest, LoopbackConnection) throws -> Void

    /// Where clients connect to.
    package enum Address: Sendable {
        /// 127.0.0.1 and a port that the system chose.
        case tcp(port: UInt16)
        /// A socket in the file system.
        case unix(path: String)
    }

    /// Where clients connect to.
    package let address: Address
    private let core: LoopbackServerCore

    /// Starts a server on 127.0.0.1, on a port that the system chooses.
    /// - Parameter handler: answers each request.
    /// - Throws: ``POSIXError`` when no socket can be had.
    package init(_ handler: @escaping Handler) throws {
        let listener = try LoopbackSocket.listenOnTCP()
        address = .tcp(port: try LoopbackSocket.port(of: listener))
        core = LoopbackServerCore(listener: listener, handler: handler)
        core.start()
    }

    /// Starts a server on a UNIX socket.
    /// - Parameters:
    ///   - path: where to make the socket; at most 107 bytes, and nothing may be there.
    ///   - handler: answers each request.
    /// - Throws: ``POSIXError`` when the socket can't be made.
    package init(unixSocketPath path: String, _ handler: @escaping Handler) throws {
        let listener = try LoopbackSocket.listenOnUNIX(path)
        address = .unix(path: path)
        core = LoopbackServerCore(listener: listener, handler: handler)
        core.start()
    }

    deinit { stop() }

    /// The server's URL without a path: `http://127.0.0.1:PORT`, or `http://localhost` for a UNIX socket.
    package var url: String {
        switch address {
        case .tcp(let port): "http://127.0.0.1:\(port)"
        case .unix: "http://localhost"
        }
    }

    /// Every request so far, in the order in which they were complete.
    package var requests: [LoopbackRequest] { core.state.withLock { $0.requests } }

    /// How many connections were accepted so far.
    package var connectionCount: Int { core.state.withLock { $0.connectionCount } }

    /// Stops listening and cuts every connection.
    ///
    /// Happens by itself when the server is let go of.
    package func stop() { core.stop() }
}
