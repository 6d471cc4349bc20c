#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

/// Messages as they stand in a document.
package enum MessageCodec {
    /// The members that this version knows.
    private static let names: Set<String> = [
        "turn", "role", "content", "createdAt", "model", "status", "finishReason", "usage", "reasoning",
        "context",
        "settings",
    ]

    /// Members of another object that a message can take over: those that it has not itself.
    ///
    /// - Parameters:
    ///   - members: members that nobody interprets.
    ///   - source: the bytes they stand in, which were read without a flaw.
    static func extras(among members: [JSONMember], of source: [UInt8]) -> [JSONMember] {
        members.filter { member in
            let name = try? JSONScanner.scan(source, in: member.name) { scanner throws(JSONFlaw) in
                try scanner.string()
            }
            return name.map { !names.contains($0) } ?? false
        }
    }

    /// Reads a message, checking the type of every member that this version knows.
    ///
    /// - Parameters:
    ///   - scanner: stands before the message.
    ///   - previous: the turn of the message before, whose storage is shared if it is the same.
    ///   - withContent: whether to take the words out; otherwise they are only checked.
    ///   - takesParts: whether the words may be an array of parts, as services write them.
    static func scan(
        _ scanner: inout JSONScanner, after previous: TurnID?, withContent: Bool, takesParts: Bool = false
    ) throws(JSONFlaw) -> ScannedMessage {
        var message = ScannedMessage()
        var role: Role?
        var hasContent = false
        scanner.skipSpace()
        let start = scanner.position
        try scanner.object { scanner, name, _ throws(JSONFlaw) in
            switch name {
            case "turn":
                message.turn = try scanner.optionalTurn(likely: previous)
            case "role": role = Role(rawValue: try scanner.string())
            case "content" where takesParts && scanner.peek() == UInt8(ascii: "["):
                message.content.text = try parts(&scanner)
                hasContent = true
            case "content":
                let token = try scanner.skipString()
                if withContent { message.content.text = scanner.string(of: token) }
                hasContent = true
            case "createdAt": message.createdAt = try scanner.optionalDate()
            case "model": message.model = try scanner.optionalModel()
            case "status": message.status = try status(&scanner)
            case "finishReason": message.finishReason = try scanner.optionalString().map(FinishReason.init(rawValue:))
            case "usage": message.usage = try usage(&scanner)
            case "reasoning":
                // What another program put there in another shape is kept, and is nothing to show.
                guard scanner.peek() == UInt8(ascii: "\"") else {
                    try scanner.skipValue()
                    return
                }
                let token = try scanner.skipString()
                if withContent { message.reasoning = scanner.string(of: token) }
            case "context": message.context = try context(&scanner)
            case "settings": message.settings = try scanner.takeNull() ? nil : SettingsCodec.scan(&scanner).settings
            default: try scanner.skipValue()
            }
        }
        guard let role else { throw JSONFlaw(at: start, "the message has no 'role'") }
        guard hasContent else { throw JSONFlaw(at: start, "the message has no 'content'") }
        message.role = role
        message.range = start..<scanner.position
        return message
    }

    /// Reads content in parts, all of which have to be text (OpenAI API reference, "Chat Completions").
    private static func parts(_ scanner: inout JSONScanner) throws(JSONFlaw) -> String {
        var content = ""
        try scanner.array { scanner throws(JSONFlaw) in
            scanner.skipSpace()
            let start = scanner.position
            var text: String?
            var type: String?
            try scanner.object { scanner, name, _ throws(JSONFlaw) in
                switch name {
                case "type": type = try scanner.string()
                case "text": text = try scanner.string()
                default: try scanner.skipValue()
                }
            }
            guard let text, type == nil || type == "text" else {
                throw JSONFlaw(at: start, "a part that is text was expected; a session can hold no other")
            }
            content += text
        }
        return content
    }

    private static func status(_ scanner: inout JSONScanner) throws(JSONFlaw) -> MessageStatus {
        scanner.skipSpace()
        let start = scanner.position
        guard let text = try scanner.optionalString() else { return .complete }
        guard let status = MessageStatus(rawValue: text) else {
            throw JSONFlaw(at: start, "'complete', 'interrupted' or 'incomplete' was expected")
        }
        return status
    }

    private static func context(_ scanner: inout JSONScanner) throws(JSONFlaw) -> MessageContext? {
        if try scanner.takeNull() { return nil }
        var context = MessageContext()
        try scanner.object { scanner, name, _ throws(JSONFlaw) in
            switch name {
            case "from": context.from = try scanner.optionalTurn()
            default: try scanner.skipValue()
            }
        }
        return context
    }

    private static func usage(_ scanner: inout JSONScanner) throws(JSONFlaw) -> TokenUsage? {
        if try scanner.takeNull() { return nil }
        var (input, output): (Int?, Int?)
        try scanner.object { scanner, name, _ throws(JSONFlaw) in
            switch name {
            case "inputTokens": input = try scanner.optionalCount()
            case "outputTokens": output = try scanner.optionalCount()
            default: try scanner.skipValue()
            }
        }
        return TokenUsage(inputTokens: input, outputTokens: output)
    }

    /// Writes a message; what is the default is left out.
    ///
    /// - Parameters:
    ///   - message: the message.
    ///   - extras: members to be kept.
    ///   - settings: the message's settings as they stood in its pending entry.
    ///   - source: the bytes they stand in.
    ///   - put: gets the bytes piece by piece, in order; the words are never together a second time.
    static func write(
        _ message: Message, extras: [JSONMember] = [], settings stored: SettingsRecord = SettingsRecord(),
        of source: [UInt8] = [],
        _ put: (ArraySlice<UInt8>) throws -> Void
    ) rethrows {
        var head = JSONObjectWriter()
        head.put("turn", message.turn.rawValue)
        head.put("role", message.role.rawValue)
        head.begin("content")
        try put(head.bytes[...])
        try JSONString.encode(message.content.text, put)
        var rest = JSONObjectWriter()
        rest.putIfPresent("createdAt", message.createdAt.map(Timestamp.string(from:)))
        rest.putIfPresent("model", message.model?.description)
        if message.status != .complete { rest.put("status", message.status.rawValue) }
        rest.putIfPresent("finishReason", message.finishReason?.rawValue)
        if let usage = message.usage {
            var counts = JSONObjectWriter()
            if let count = usage.inputTokens { counts.put("inputTokens", count) }
            if let count = usage.outputTokens { counts.put("outputTokens", count) }
            rest.put("usage", json: counts.finished())
        }
        rest.putIfPresent("reasoning", message.reasoning)
        if let context = message.context {
            var members = JSONObjectWriter()
            members.putIfPresent("from", context.from?.rawValue)
            rest.put("context", json: members.finished())
        }
        if let settings = message.settings {
            rest.put("settings", json: SettingsCodec.encode(settings, keeping: stored, of: source))
        }
        for extra in extras { rest.put(extra, of: source) }
        if !rest.isEmpty { try put([UInt8(ascii: ",")]) }
        try put(rest.finished().dropFirst())
    }

    /// Gives a stored message the turn that it lacks and leaves everything else as it stands.
    ///
    /// - Parameters:
    ///   - turn: its turn.
    ///   - range: where the message stands.
    ///   - source: the bytes it stands in, which were read without a flaw.
    static func adding(_ turn: TurnID, to range: Range<Int>, of source: [UInt8]) throws(JSONFlaw) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.put("turn", turn.rawValue)
        try JSONScanner.scan(source, in: range) { scanner throws(JSONFlaw) in
            try scanner.object { scanner, name, token throws(JSONFlaw) in
                let member = JSONMember(name: token, value: try scanner.skipValue())
                if name != "turn" { writer.put(member, of: source) }
            }
        }
        return writer.finished()
    }
}
