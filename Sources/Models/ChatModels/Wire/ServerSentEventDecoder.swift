/// One event of a server-sent event stream.
struct ServerSentEvent: Sendable, Equatable {
    /// The event's type; `message` unless the server named one.
    var type = "message"
    /// The values of its `data` lines, joined by line feeds, as they came: JSON, which is decoded where it is read.
    var data: [UInt8] = []
}

/// A stream that asks for more memory than it is worth.
enum ServerSentEventError: Error, Equatable, CustomStringConvertible {
    /// One line has more than this many bytes.
    case lineTooLong(limit: Int)
    /// One event has more than this many bytes, its line ends and field names included.
    case eventTooLong(limit: Int)

    var description: String {
        switch self {
        case .lineTooLong(let limit): "the server sent a line of more than \(limit) bytes"
        case .eventTooLong(let limit): "the server sent an event of more than \(limit) bytes"
        }
    }
}

/// Splits a server-sent event stream into events, however its bytes are cut.
///
/// Follows "Interpreting an event stream" of the WHATWG HTML standard, section 9.2.6. It works on bytes, so that a
/// character may be cut as well. `id` and `retry` are ignored: they are for a client that connects again by itself,
/// which would ask the model twice.
struct ServerSentEventDecoder: Sendable {
    private let lineLimit: Int
    private let eventLimit: Int

    private var line: [UInt8] = []
    private var isAtStart = true
    /// Whether a line feed that comes next is the second half of a CRLF whose line has ended already.
    private var skipsLineFeed = false

    private var data: [UInt8] = []
    private var hasData = false
    private var type = ""
    private var eventByteCount = 0

    /// Creates a decoder for one stream.
    /// - Parameters:
    ///   - lineLimit: bytes that a line may have, without its end.
    ///   - eventLimit: bytes that the lines of an event may have together, their ends and field names included, so
    ///     that lines without content count as well.
    init(lineLimit: Int = 1 << 20, eventLimit: Int = 8 << 20) {
        self.lineLimit = lineLimit
        self.eventLimit = eventLimit
    }

    /// Takes the next bytes of the stream.
    /// - Parameter bytes: any number of bytes, cut anywhere.
    /// - Returns: the events that they complete.
    /// - Throws: ``ServerSentEventError`` when a limit is exceeded; the events before it in these bytes are lost, and
    ///   the decoder is of no further use.
    mutating func feed(_ bytes: some Collection<UInt8>) throws(ServerSentEventError) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        var rest = bytes[...]
        while let first = rest.first {
            if skipsLineFeed {
                skipsLineFeed = false
                if first == Self.lineFeed { rest = rest.dropFirst() }
            }
            guard let end = rest.firstIndex(where: { $0 == Self.lineFeed || $0 == Self.carriageReturn }) else {
                try append(rest)
                break
            }
            try append(rest[..<end])
            skipsLineFeed = rest[end] == Self.carriageReturn
            rest = rest[rest.index(after: end)...]
            if let event = try endLine() { events.append(event) }
        }
        return events
    }

    private mutating func append(_ bytes: some Collection<UInt8>) throws(ServerSentEventError) {
        guard line.count + bytes.count <= lineLimit else { throw .lineTooLong(limit: lineLimit) }
        line.append(contentsOf: bytes)
    }

    private mutating func endLine() throws(ServerSentEventError) -> ServerSentEvent? {
        defer { line.removeAll(keepingCapacity: true) }
        if isAtStart {
            isAtStart = false
            if line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
        }
        if line.isEmpty { return endEvent() }
        // Comments keep a connection alive; they take no memory, so any number of them may come.
        if line[0] == Self.colon { return nil }
        eventByteCount += line.count + 1
        guard eventByteCount <= eventLimit else { throw .eventTooLong(limit: eventLimit) }
        let colon = line.firstIndex(of: Self.colon) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == Self.space { value = value.dropFirst() }
        switch String(decoding: line[..<colon], as: UTF8.self) {
        case "data":
            if hasData { data.append(Self.lineFeed) }
            hasData = true
            data.append(contentsOf: value)
        case "event": type = String(decoding: value, as: UTF8.self)
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer {
            data.removeAll()
            hasData = false
            type = ""
            eventByteCount = 0
        }
        guard hasData else { return nil }
        return ServerSentEvent(type: type.isEmpty ? "message" : type, data: data)
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let colon = UInt8(ascii: ":")
    private static let space = UInt8(ascii: " ")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
