import SessionKit

/// Makes events of the bytes of an answer, however they are cut.
///
/// It does no I/O.
struct AnswerDecoder: Sendable {
    /// How the answer comes.
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
    private var lines: ServerSentEventDecoder
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
        lines = ServerSentEventDecoder(lineLimit: limits.line, eventLimit: limits.event)
    }

    /// Whether nothing more is to be fed: the answer is whole, or went wrong.
    var isDone: Bool { hasFinished || fault != nil }

    /// Whether the model has given its reason to end.
    ///
    /// What may still come is the usage, which is not worth an error.
    var hasFinishReason: Bool { progress.finishReason != nil }

    /// Takes the events that are ready.
    ///
    /// A fault applies after them.
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

    /// Takes note that nothing more comes.
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
            events = try lines.feed(bytes)
        } catch {
            throw .tooMuch("\(error)")
        }
        for event in events {
            do throws(WireFault) {
                try format.read(event, into: &progress)
            } catch {
                // Words and an error can share an event; the words are kept.
                try handOverText()
                throw error
            }
            try handOverText()
            if progress.isEnded { return handOverEnd() }
            guard progress.emptyEvents <= limits.emptyEvents else {
                throw .tooMuch("more than \(limits.emptyEvents) events in a row said nothing")
            }
        }
    }

    private mutating func handOverText() throws(WireFault) {
        if let thoughts = progress.takeReasoning() {
            textBytes += thoughts.utf8.count
            guard textBytes <= limits.answer else { throw tooLong(limits.answer) }
            ready.append(.reasoning(thoughts))
        }
        guard let text = progress.takeText() else { return }
        textBytes += text.utf8.count
        guard textBytes <= limits.answer else { throw tooLong(limits.answer) }
        ready.append(.text(text))
    }

    private mutating func handOverEnd() {
        hasFinished = true
        if let usage = progress.usage { ready.append(.usage(usage)) }
        if let reason = progress.finishReason { ready.append(.finished(reason)) }
    }

    private func tooLong(_ limit: Int) -> WireFault { .tooMuch("the answer has more than \(limit) bytes") }
}
