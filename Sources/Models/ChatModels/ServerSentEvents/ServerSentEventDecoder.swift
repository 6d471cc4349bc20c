/// Takes a server-sent event stream apart, however its bytes are cut.
///
/// Follows "Interpreting an event stream" of the WHATWG HTML standard, section 9.2.6. It works on bytes, so that a
/// character whose bytes arrive apart needs no care, and makes text of whole lines only; what is not UTF-8
/// becomes U+FFFD, as the standard's decoder does it. `retry` is ignored: whoever asks a model does not
/// want the question repeated by itself.
struct ServerSentEventDecoder: Sendable {
    private let lineLimit: Int
    private let eventLimit: Int

    private var line: [UInt8] = []
    private var isAtStart = true
    /// A line feed that comes next belongs to the carriage return that has ended a line already.
    private var skipsLineFeed = false

    private var data: [UInt8] = []
    private var hasData = false
    private var type: String?
    private var lastEventID = ""
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

    /// Ends the stream.
    ///
    /// What is left of an event without an empty line after it is not an event, says the standard: nobody can
    /// tell whether it was whole.
    /// - Returns: whether the stream ended inside an event.
    mutating func finish() -> Bool {
        defer { self = ServerSentEventDecoder(lineLimit: lineLimit, eventLimit: eventLimit) }
        return hasData || !line.isEmpty
    }

    // MARK: - Lines

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
        // Comments keep a connection awake; they are not kept, so any number of them may come.
        if line[0] == Self.colon { return nil }
        eventByteCount += line.count + 1
        guard eventByteCount <= eventLimit else { throw .eventTooLong(limit: eventLimit) }
        let colon = line.firstIndex(of: Self.colon) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == Self.space { value = value.dropFirst() }
        setField(String(decoding: line[..<colon], as: UTF8.self), to: value)
        return nil
    }

    private mutating func setField(_ name: String, to value: ArraySlice<UInt8>) {
        switch name {
        case "data":
            if hasData { data.append(Self.lineFeed) }
            hasData = true
            data.append(contentsOf: value)
        case "event": type = String(decoding: value, as: UTF8.self)
        case "id": if !value.contains(0) { lastEventID = String(decoding: value, as: UTF8.self) }
        default: break
        }
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer {
            data.removeAll()
            hasData = false
            type = nil
            eventByteCount = 0
        }
        guard hasData else { return nil }
        let text = String(decoding: data, as: UTF8.self)
        let name = type.flatMap { $0.isEmpty ? nil : $0 } ?? "message"
        return ServerSentEvent(type: name, data: text, lastEventID: lastEventID)
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let colon = UInt8(ascii: ":")
    private static let space = UInt8(ascii: " ")
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
