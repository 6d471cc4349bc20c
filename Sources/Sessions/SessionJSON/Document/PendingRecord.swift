#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import SessionKit

/// A pending prompt of a document.
package struct PendingRecord {
    /// The prompt; whether it is live is not the document's to say.
    package var prompt: PendingPrompt
    /// Members that this version does not know.
    var extras: [JSONMember] = []
    /// Its settings as they stand in the document.
    var storedSettings = SettingsRecord()
    /// Its text if it stands in the document unchanged.
    var range: Range<Int>?

    /// Reads a pending prompt.
    static func scan(_ scanner: inout JSONScanner) throws(JSONFlaw) -> PendingRecord {
        var turn: TurnID?
        var content: String?
        var (after, replacing): (TurnID?, TurnID?)
        var createdAt: Date?
        var model: ModelReference?
        var settings: SettingsRecord?
        var partial: PartialAnswer?
        var extras: [JSONMember] = []
        scanner.skipSpace()
        let start = scanner.position
        try scanner.object { scanner, name, token throws(JSONFlaw) in
            switch name {
            case "turn": turn = try scanner.optionalTurn()
            case "after": after = try scanner.optionalTurn()
            case "replacing": replacing = try scanner.optionalTurn()
            case "createdAt": createdAt = try scanner.optionalDate()
            case "model": model = try scanner.optionalModel()
            case "content": content = try scanner.string()
            case "settings": settings = try scanner.takeNull() ? nil : SettingsCodec.scan(&scanner)
            case "partial": partial = try scanner.takeNull() ? nil : Self.partial(&scanner)
            default: extras.append(JSONMember(name: token, value: try scanner.skipValue()))
            }
        }
        guard let turn else { throw JSONFlaw(at: start, "the pending prompt has no 'turn'") }
        guard let content else { throw JSONFlaw(at: start, "the pending prompt has no 'content'") }
        let prompt = PendingPrompt(
            turn: turn, after: after, replacing: replacing, createdAt: createdAt, model: model,
            content: Content(content),
            settings: settings?.settings, partial: partial, state: .abandoned)
        return PendingRecord(
            prompt: prompt, extras: extras, storedSettings: settings ?? SettingsRecord(),
            range: start..<scanner.position)
    }

    private static func partial(_ scanner: inout JSONScanner) throws(JSONFlaw) -> PartialAnswer? {
        var content: String?
        var reasoning: String?
        try scanner.object { scanner, name, _ throws(JSONFlaw) in
            switch name {
            case "content": content = try scanner.string()
            case "reasoning": reasoning = try scanner.optionalString()
            default: try scanner.skipValue()
            }
        }
        return content.map { PartialAnswer(Content($0), reasoning: reasoning) }
    }

    /// Its text.
    ///
    /// - Parameter source: the document's bytes.
    func encoded(from source: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        if let range {
            JSONCompaction.append(source[range], to: &bytes)
            return bytes
        }
        var writer = JSONObjectWriter()
        writer.put("turn", prompt.turn.rawValue)
        writer.put("after", prompt.after?.rawValue)
        writer.putIfPresent("replacing", prompt.replacing?.rawValue)
        writer.putIfPresent("createdAt", prompt.createdAt.map(Timestamp.string(from:)))
        writer.putIfPresent("model", prompt.model?.description)
        writer.put("content", prompt.content.text)
        if let settings = prompt.settings {
            writer.put("settings", json: SettingsCodec.encode(settings, keeping: storedSettings, of: source))
        }
        if let partial = prompt.partial {
            var members = JSONObjectWriter()
            members.put("content", partial.content.text)
            members.putIfPresent("reasoning", partial.reasoning)
            writer.put("partial", json: members.finished())
        }
        for extra in extras { writer.put(extra, of: source) }
        return writer.finished()
    }
}
