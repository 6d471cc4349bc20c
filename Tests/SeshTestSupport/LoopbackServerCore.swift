import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the threads of a ``LoopbackServer`` share; they hold this and not the server, so that letting go of
/// the server ends them.
final class LoopbackServerCore: Sendable {
    struct State {
        var requests: [LoopbackRequest] = []
        var connectionCount = 0
        var open: [ObjectIdentifier: LoopbackConnection] = [:]
        var isStopped = false
    }

    let state = Mutex(State())
    private let listener: Int32
    private let handler: LoopbackServer.Handler

    init(listener: Int32, handler: @escaping LoopbackServer.Handler) {
        self.listener = listener
        self.handler = handler
    }

    deinit { close(listener) }

    func start() { Thread.detachNewThread { self.acceptConnections() } }

    func stop() {
        let open = state.withLock { state in
            state.isStopped = true
            return Array(state.open.values)
        }
        // Ends a waiting accept on Linux. On Darwin it waits for one more client, whom it then drops.
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in open { connection.close() }
    }

    private func acceptConnections() {
        while true {
            let descriptor = acceptOne()
            if descriptor < 0 {
                if errno == EINTR || errno == ECONNABORTED { continue }
                return
            }
            let connection = LoopbackConnection(descriptor: descriptor)
            let isStopped = state.withLock { state in
                state.connectionCount += 1
                state.open[ObjectIdentifier(connection)] = connection
                return state.isStopped
            }
            if isStopped { return }
            Thread.detachNewThread { self.serve(connection) }
        }
    }

    /// Waits for a connection that a program which a test starts does not inherit: it would hold it open.
    private func acceptOne() -> Int32 {
        // Not atomic, as accept4 would be, which Swift's Glibc hides.
        let descriptor = accept(listener, nil, nil)
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return descriptor
    }

    private func serve(_ connection: LoopbackConnection) {
        defer {
            connection.close()
            _ = state.withLock { $0.open.removeValue(forKey: ObjectIdentifier(connection)) }
        }
        while let request = connection.readRequest() {
            state.withLock { $0.requests.append(request) }
            // A handler that throws has lost its client, or wants it to lose the server.
            guard (try? handler(request, connection)) != nil, !connection.isClosed else { return }
        }
    }
}
