import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One client's connection to a ``LoopbackServer``.
package final class LoopbackConnection: Sendable {
    private struct State {
        var descriptor: Int32
        var isClosed = false
        var unread: [UInt8] = []
    }

    private let state: Mutex<State>

    init(descriptor: Int32) {
        #if !canImport(Glibc)
            var on: Int32 = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
        // Small writes must leave as they are cut, not when an acknowledgement comes.
        var noDelay: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        state = Mutex(State(descriptor: descriptor))
    }

    deinit {
        let descriptor = state.withLock { $0.descriptor }
        #if canImport(Glibc)
            Glibc.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
    }

    /// Whether this side closed it.
    package var isClosed: Bool { state.withLock { $0.isClosed } }

    // MARK: Writing

    /// Sends bytes as they are, in one go as far as the system takes them.
    /// - Parameter bytes: anything, HTTP or not.
    /// - Throws: ``POSIXError`` when the client is gone.
    package func send(_ bytes: some Sequence<UInt8>) throws {
        let descriptor = try openDescriptor()
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
                let flags = Int32(MSG_NOSIGNAL)
                let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, flags) }
            #else
                let count = rest.withUnsafeBytes { Darwin.send(descriptor, $0.baseAddress, $0.count, 0) }
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw LoopbackSocket.lastError() }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends text as UTF-8.
    /// - Throws: ``POSIXError`` when the client is gone.
    package func send(_ text: String) throws { try send(text.utf8) }

    /// Sends a whole answer with its length.
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: header fields beside `Content-Length`.
    ///   - body: the body's text.
    /// - Throws: ``POSIXError`` when the client is gone.
    package func respond(
        _ status: Int = 200, headers: [(name: String, value: String)] = [], body: String = ""
    ) throws {
        let fields = headers + [("Content-Length", "\(body.utf8.count)")]
        try send(Self.head(status, fields) + body)
    }

    /// Sends the head of an answer whose body follows in chunks.
    /// - Parameters:
    ///   - status: the status code.
    ///   - headers: header fields; a content type for server-sent events unless given.
    /// - Throws: ``POSIXError`` when the client is gone.
    package func startChunks(
        _ status: Int = 200, headers: [(name: String, value: String)] = [("Content-Type", "text/event-stream")]
    ) throws {
        try send(Self.head(status, headers + [("Transfer-Encoding", "chunked")]))
    }

    /// Sends a chunk of a body that ``startChunks(_:headers:)`` began; an empty one is not sent.
    /// - Throws: ``POSIXError`` when the client is gone.
    package func sendChunk(_ text: String) throws {
        guard !text.isEmpty else { return }
        try send(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
    }

    /// Ends a body in chunks; the connection can take another request.
    /// - Throws: ``POSIXError`` when the client is gone.
    package func endChunks() throws { try send("0\r\n\r\n") }

    private static func head(_ status: Int, _ headers: [(name: String, value: String)]) -> String {
        "HTTP/1.1 \(status) Scripted\r\n" + headers.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n"
    }

    // MARK: Ending

    /// Closes the connection in good order.
    package func close() {
        let descriptor = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed ? nil : state.descriptor
        }
        // The descriptor itself is closed with the last reference: another thread may be reading from it.
        if let descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    /// Cuts the connection with a TCP reset, as a crashed host or a firewall does.
    package func reset() {
        guard let descriptor = try? openDescriptor() else { return }
        var hard = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
        // Connecting to nowhere is what resets at once, while the descriptor stays ours.
        var nowhere = sockaddr()
        nowhere.sa_family = sa_family_t(AF_UNSPEC)
        connect(descriptor, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
        close()
    }

    /// Blocks until the client closes its end; what it sends meanwhile is dropped.
    package func waitUntilClientCloses() {
        while readMore() { state.withLock { $0.unread.removeAll() } }
    }

    // MARK: Reading

    /// The next request, or nil when the client closed or sent something that is not HTTP.
    func readRequest() -> LoopbackRequest? {
        guard let head = readHead() else { return nil }
        let lines = head.components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count == 3 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        guard let body = take(length) else { return nil }
        return LoopbackRequest(method: String(words[0]), path: String(words[1]), headers: headers, body: body)
    }

    private func readHead() -> String? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            let head = state.withLock { state -> [UInt8]? in
                guard let range = state.unread.firstRange(of: end) else { return nil }
                defer { state.unread.removeSubrange(..<range.upperBound) }
                return Array(state.unread[..<range.lowerBound])
            }
            if let head { return String(decoding: head, as: UTF8.self) }
            guard readMore() else { return nil }
        }
    }

    private func take(_ count: Int) -> [UInt8]? {
        while true {
            let bytes = state.withLock { state -> [UInt8]? in
                guard state.unread.count >= count else { return nil }
                defer { state.unread.removeSubrange(..<count) }
                return Array(state.unread[..<count])
            }
            if let bytes { return bytes }
            guard readMore() else { return nil }
        }
    }

    private func readMore() -> Bool {
        guard let descriptor = try? openDescriptor() else { return false }
        var bytes = [UInt8](repeating: 0, count: 65536)
        var count: Int
        repeat { count = read(descriptor, &bytes, bytes.count) } while count < 0 && errno == EINTR
        guard count > 0 else { return false }
        state.withLock { $0.unread += bytes[..<count] }
        return true
    }

    private func openDescriptor() throws -> Int32 {
        let descriptor = state.withLock { $0.isClosed ? nil : $0.descriptor }
        guard let descriptor else { throw POSIXError(.EPIPE) }
        return descriptor
    }
}
