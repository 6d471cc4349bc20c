package import SessionKit
#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A session document: what was read, as ranges of its bytes wherever nothing has to be understood, and what changed.
///
/// Messages and members that this version does not know are never encoded again: they are copied from `source`.
package struct SessionDocument {
    /// The bytes that were read; empty for a new document.
    let source: [UInt8]
    /// The file that was read, which nobody else may have changed when this is written; nil for a new document.
    package var version: SourceVersion?
    /// The format it claims.
    package private(set) var format = DocumentFormat.current
    /// The summary; whole documents count their messages, whatever the first line says.
    package var summary: SessionSummary
    /// Top-level members that this version does not know.
    package private(set) var extras: [JSONMember] = []
    /// Members of the fork's origin that this version does not know.
    package private(set) var originExtras: [JSONMember] = []
    /// What the session asks of a model.
    package var settings: SessionSettings
    /// The settings as they stand in the bytes that were read.
    package private(set) var storedSettings = SettingsRecord()
    /// Prompts without an answer, oldest first.
    package var pending: [PendingRecord] = []
    /// Turns taken back, the last one last.
    package var undone: [UndoneRecord] = []
    /// The history.
    package var messages: [MessageRecord] = []

    /// Makes a new document.
    package init(summary: SessionSummary, settings: SessionSettings) {
        source = []
        self.summary = summary
        self.settings = settings
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: all of it.
    ///   - id: the id that the file's name says.
    ///   - modified: when the file was last changed, for times that it does not hold.
    /// - Throws: `DocumentFlaw`, which says whether the format is a newer one.
    package init(_ bytes: [UInt8], id: SessionID, modified: Date) throws(DocumentFlaw) {
        try self.init(bytes, id: id, modified: modified, keepsMessages: true)
    }

    /// The summary of a document that is checked like any other, but whose messages are only counted: three million
    /// small ones, four times their text as records, need no memory then.
    package static func summary(of bytes: [UInt8], id: SessionID, modified: Date) throws(DocumentFlaw) -> SessionSummary
    {
        try SessionDocument(bytes, id: id, modified: modified, keepsMessages: false).summary
    }

    private init(_ bytes: [UInt8], id: SessionID, modified: Date, keepsMessages: Bool) throws(DocumentFlaw) {
        source = bytes
        summary = SessionSummary(id: id, createdAt: modified, updatedAt: modified)
        settings = SessionSettings()
        var members = SummaryMembers()
        let count: Int
        do {
            count = try JSONScanner.scan(bytes) { scanner throws(JSONFlaw) in
                try scan(&scanner, summary: &members, keepsMessages: keepsMessages)
            }
        } catch {
            throw DocumentFlaw(
                flaw: error, isNewer: (members.format ?? Self.claimedFormat(of: bytes))?.isNewer ?? false)
        }
        format = members.format ?? .current
        originExtras = members.originExtras
        summary = members.summary(of: id, modified: modified)
        summary.messageCount = count
        summary.pendingCount = pending.count
    }

    /// The format that a document with a flaw claims behind it.
    private static func claimedFormat(of bytes: [UInt8]) -> DocumentFormat? {
        var format: DocumentFormat?
        // Its own flaw ends this too; what was found up to there counts.
        _ = try? JSONScanner.scan(bytes) { scanner throws(JSONFlaw) in
            try scanner.object { scanner, name, _ throws(JSONFlaw) in
                if name == "format", scanner.peek() == UInt8(ascii: "\"") {
                    format = DocumentFormat(try scanner.string())
                } else {
                    try scanner.skipValue()
                }
            }
        }
        return format
    }

    /// Reads all members.
    ///
    /// - Returns: how many messages there are.
    private mutating func scan(
        _ scanner: inout JSONScanner, summary: inout SummaryMembers, keepsMessages: Bool
    ) throws(JSONFlaw) -> Int {
        var count: Int?
        try scanner.object { scanner, name, token throws(JSONFlaw) in
            if try summary.take(name, from: &scanner) { return }
            switch name {
            case "settings":
                storedSettings = try SettingsCodec.scan(&scanner)
                settings = storedSettings.settings
            case "pending":
                try scanner.array { scanner throws(JSONFlaw) in
                    pending.append(try PendingRecord.scan(&scanner))
                }
            case "undone":
                try scanner.array { scanner throws(JSONFlaw) in
                    undone.append(try UndoneRecord.scan(&scanner))
                }
            case "messages":
                var turns = TurnAssignment(session: self.summary.id)
                try scanner.array { scanner throws(JSONFlaw) in
                    let message = try MessageCodec.scan(&scanner, after: turns.last, withContent: false)
                    let record = turns.record(of: message)
                    if keepsMessages { messages.append(record) }
                }
                count = turns.count
            default: extras.append(JSONMember(name: token, value: try scanner.skipValue()))
            }
        }
        try scanner.expectEnd()
        guard summary.format != nil else { throw JSONFlaw(at: 0, "the document has no 'format'") }
        guard let count else { throw JSONFlaw(at: 0, "the document has no 'messages'") }
        return count
    }

    /// Drops what is unknown of the fork's origin: it was another's.
    mutating func forgetOriginExtras() { originExtras = [] }

    /// A message with its words.
    ///
    /// - Throws: nothing for a document that was read or made by this type; the text is scanned again.
    func message(_ record: MessageRecord) throws(JSONFlaw) -> Message {
        let range: Range<Int>
        switch record.text {
        case .stored(let stored): range = stored
        case .new(let message, _, _): return message
        }
        return try JSONScanner.scan(source, in: range) { scanner throws(JSONFlaw) in
            try MessageCodec.scan(&scanner, after: record.turn, withContent: true).message(in: record.turn)
        }
    }

    /// Messages with their words.
    package func messages(_ records: some Sequence<MessageRecord>) throws(JSONFlaw) -> [Message] {
        var messages: [Message] = []
        messages.reserveCapacity(records.underestimatedCount)
        for record in records { messages.append(try message(record)) }
        return messages
    }

    /// The session without its messages.
    ///
    /// - Parameter isLive: tells whether a pending turn is live.
    package func session(_ isLive: (TurnID) throws -> Bool) rethrows -> Session {
        let prompts = try pending.map { record in
            var prompt = record.prompt
            prompt.state = try isLive(prompt.turn) ? .live : .abandoned
            return prompt
        }
        return Session(summary: summary, settings: settings, pending: prompts)
    }
}

/// Which state of which source a document was read from, to tell whether that is still what a name leads to.
package struct SourceVersion: Hashable, Sendable {
    private let parts: [Int64]

    /// Takes the numbers that change whenever the source does: of a file, its device, inode, size and time.
    package init(_ parts: [Int64]) { self.parts = parts }
}
