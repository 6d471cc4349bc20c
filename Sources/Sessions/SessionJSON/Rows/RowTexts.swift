#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import SessionKit

/// Messages as a database keeps them: each the line that it is in a document.
package enum MessageLine {
    /// Writes a message.
    ///
    /// - Throws: `SessionError` with `notSaved` if it is too long to be read again.
    package static func encode(_ message: Message) throws(SessionError) -> [UInt8] {
        try checkLength(message.content.text, message.reasoning, message.settings?.system)
        var line: [UInt8] = []
        MessageCodec.write(message) { line += $0 }
        return line
    }

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - line: its text.
    ///   - previous: the turn of the message before, whose storage is shared if it is the same.
    package static func decode(_ line: [UInt8], after previous: TurnID? = nil) throws(JSONFlaw) -> Message {
        try JSONScanner.scan(line) { scanner throws(JSONFlaw) in
            let message = try MessageCodec.scan(&scanner, after: previous, withContent: true)
            try scanner.expectEnd()
            guard let turn = message.turn else { throw JSONFlaw(at: 0, "the message has no 'turn'") }
            return message.message(in: turn)
        }
    }

    static func checkLength(_ texts: String?...) throws(SessionError) {
        guard texts.allSatisfy({ ($0?.utf8.count ?? 0) <= JSONString.longest }) else {
            throw SessionError(
                .notSaved, "A text of more than \(JSONString.longest) bytes does not go into a session. NOT SAVED.")
        }
    }
}

/// A pending prompt as a database keeps it: the element that it is in a document, with what is unknown in it.
package struct PendingLine {
    private let source: [UInt8]
    private var record: PendingRecord

    /// The prompt; whether it is live is not the line's to say.
    package var prompt: PendingPrompt {
        get { record.prompt }
        set {
            record.prompt = newValue
            record.range = nil
        }
    }

    /// Makes the line of a new prompt.
    package init(_ prompt: PendingPrompt) {
        source = []
        record = PendingRecord(prompt: prompt)
    }

    /// Reads a line.
    package init(_ line: [UInt8]) throws(JSONFlaw) {
        source = line
        record = try JSONScanner.scan(line) { scanner throws(JSONFlaw) in
            let record = try PendingRecord.scan(&scanner)
            try scanner.expectEnd()
            return record
        }
    }

    /// Its text.
    ///
    /// - Throws: `SessionError` with `notSaved` if it is too long to be read again.
    package func encode() throws(SessionError) -> [UInt8] {
        try MessageLine.checkLength(
            prompt.content.text, prompt.settings?.system, prompt.partial?.content.text, prompt.partial?.reasoning)
        return record.encoded(from: source)
    }

    /// The line of the message that the prompt becomes; what is unknown in it goes along.
    ///
    /// - Parameter message: the prompt as a message.
    package func encode(as message: Message) throws(SessionError) -> [UInt8] {
        try MessageLine.checkLength(message.content.text, message.settings?.system)
        var line: [UInt8] = []
        MessageCodec.write(
            message, extras: MessageCodec.extras(among: record.extras, of: source), settings: record.storedSettings,
            of: source
        ) { line += $0 }
        return line
    }
}

/// A turn that was taken back, as a database keeps it beside its messages: the element that it is in a document, whose
/// `messages` is empty.
package enum UndoneLine {
    /// Writes an entry.
    package static func encode(_ entry: UndoneTurn) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.put("turn", entry.turn.rawValue)
        writer.put("after", entry.after?.rawValue)
        writer.put("replacedBy", entry.replacedBy?.rawValue)
        writer.put("undoneAt", Timestamp.string(from: entry.undoneAt))
        writer.put("messages", json: Array("[]".utf8))
        return writer.finished()
    }

    /// Reads an entry.
    package static func decode(_ line: [UInt8]) throws(JSONFlaw) -> UndoneTurn {
        var turn: TurnID?
        var (after, replacedBy): (TurnID?, TurnID?)
        var undoneAt: Date?
        try JSONScanner.scan(line) { scanner throws(JSONFlaw) in
            try scanner.object { scanner, name, _ throws(JSONFlaw) in
                switch name {
                case "turn": turn = try scanner.optionalTurn()
                case "after": after = try scanner.optionalTurn()
                case "replacedBy": replacedBy = try scanner.optionalTurn()
                case "undoneAt": undoneAt = try scanner.optionalDate()
                default: try scanner.skipValue()
                }
            }
            try scanner.expectEnd()
        }
        guard let turn else { throw JSONFlaw(at: 0, "the undone turn has no 'turn'") }
        return UndoneTurn(
            turn: turn, after: after, replacedBy: replacedBy, undoneAt: undoneAt ?? Date(timeIntervalSince1970: 0))
    }

    /// The element of a document: the entry with its messages.
    ///
    /// - Parameters:
    ///   - line: the entry.
    ///   - messages: the texts of its messages, oldest first.
    static func joined(_ line: [UInt8], with messages: [[UInt8]]) throws(JSONFlaw) -> [UInt8] {
        var writer = JSONObjectWriter()
        var isListed = false
        let list = [UInt8(ascii: "[")] + messages.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
        try JSONScanner.scan(line) { scanner throws(JSONFlaw) in
            try scanner.object { scanner, name, token throws(JSONFlaw) in
                let member = JSONMember(name: token, value: try scanner.skipValue())
                if name == "messages" {
                    writer.put("messages", json: list)
                    isListed = true
                } else {
                    writer.put(member, of: line)
                }
            }
        }
        if !isListed { writer.put("messages", json: list) }
        return writer.finished()
    }
}

/// Settings as a turn records them.
package enum SettingsText {
    /// Writes settings.
    package static func encode(_ settings: SessionSettings) -> [UInt8] { SettingsCodec.encode(settings) }

    /// Reads settings.
    package static func decode(_ text: [UInt8]) throws(JSONFlaw) -> SessionSettings {
        try JSONScanner.scan(text) { scanner throws(JSONFlaw) in try SettingsCodec.scan(&scanner).settings }
    }
}
