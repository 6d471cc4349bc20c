import SessionKit

/// Turns the bytes of an answer into events, however they are cut, without any I/O.
struct AnswerDecoder: Sendable {
    /// How the answer is sent.
    enum Framing: Sendable {
        /// As server-sent events.
        case events
        /// As one JSON document.
        case document
    }

    private let format: any WireFormat
    private let framing: Framing
    private let limits: AnswerLimits
    private var progress = AnswerProgress()
    private var parser: ServerSentEventDecoder
    private var document: [UInt8] = []
    private var textBytes = 0
    private var streamBytes = 0
    private var hasFinished = false
    private(set) var fault: WireFault?
    private var ready: [ModelEvent] = []

    init(_ format: any WireFormat, framing: Framing, limits: AnswerLimits = AnswerLimits()) {
        self.format = format
        self.framing = framing
        self.limits = limits
        parser = ServerSentEventDecoder(lineLimit: limits.line, eventLimit: limits.event)
    }

    /// Whether nothing more is to be fed: the answer is complete, or has failed.
    var isDone: Bool { hasFinished || fault != nil }

    /// Whether the model has given its reason to stop.
    ///
    /// Only the usage may follow, and missing that is not worth an error.
    var hasFinishReason: Bool { progress.finishReason != nil }

    /// Takes the events that are ready; a fault, if any, follows them.
    mutating func takeEvents() -> [ModelEvent] {
        defer { ready = [] }
        return ready
    }

    /// Takes the next bytes of the answer.
    mutating func feed(_ bytes: [UInt8]) {
        guard !isDone else { return }
        do throws(WireFault) {
            switch framing {
            case .events: try feedEvents(bytes)
            case .document:
                guard document.count + bytes.count <= limits.document else { throw tooLong(limits.document) }
                document += bytes
            }
        } catch {
            fault = error
        }
    }

    /// Ends the answer: no more bytes follow.
    mutating func finish() {
        guard !isDone else { return }
        do throws(WireFault) {
            if framing == .document {
                try format.read(document: document, into: &progress)
                try handOverText()
            }
            guard progress.isEnded || hasFinishReason else { throw .cut }
            handOverEnd()
        } catch {
            fault = error
        }
    }

    private mutating func feedEvents(_ bytes: [UInt8]) throws(WireFault) {
        streamBytes += bytes.count
        guard streamBytes <= limits.stream else { throw tooLong(limits.stream) }
        let events: [ServerSentEvent]
        do {
            events = try parser.feed(bytes)
        } catch {
            throw .tooMuch("\(error)")
        }
        for event in events {
            do throws(WireFault) {
                // Some servers send empty events to keep the connection alive.
                if event.data.isEmpty { progress.note(isEmpty: true) } else { try format.read(event, into: &progress) }
            } catch {
                // Text and an error can share an event; the text is kept.
                try handOverText()
                throw error
            }
            try handOverText()
            if progress.isEnded { return handOverEnd() }
            guard progress.emptyEvents <= limits.emptyEvents else {
                throw .tooMuch("more than \(limits.emptyEvents) events in a row were empty")
            }
        }
    }

    private mutating func handOverText() throws(WireFault) {
        let (reasoning, text) = progress.takeText()
        textBytes += reasoning.utf8.count + text.utf8.count
        guard textBytes <= limits.answer else { throw tooLong(limits.answer) }
        if !reasoning.isEmpty { ready.append(.reasoning(reasoning)) }
        if !text.isEmpty { ready.append(.text(text)) }
    }

    private mutating func handOverEnd() {
        hasFinished = true
        if let usage = progress.usage { ready.append(.usage(usage)) }
        if let reason = progress.finishReason { ready.append(.finished(reason)) }
    }

    private func tooLong(_ limit: Int) -> WireFault { .tooMuch("the answer has more than \(limit) bytes") }
}

/// The most that a service may send.
struct AnswerLimits: Sendable {
    /// Bytes of one line of a stream.
    var line = 1 << 20
    /// Bytes of one event of a stream.
    var event = 8 << 20
    /// Bytes of the text of an answer.
    var answer = 64 << 20
    /// Bytes of an answer that is one document: decoding it takes four times as much memory (measured).
    var document = 16 << 20
    /// Bytes of a whole stream, 16 for each byte of text: events without text keep a connection alive, but not for
    /// ever.
    var stream = 1 << 30
    /// Empty events in a row.
    ///
    /// At ten a second, more than keeping a connection alive takes, they last for hours; sent as fast as possible, for
    /// some seconds.
    var emptyEvents = 100_000
    /// Bytes of an error's body that are read.
    var errorBody = 64 << 10
}
