#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import SessionKit

/// What a database keeps of a session beside its turns: the first line of its document, as an object, and its settings.
///
/// Members that this version does not know stay where they are, as in a document.
package struct SessionHead {
    /// A document without turns, which does the reading and the writing.
    private var document: SessionDocument

    /// What a list shows, with its counts.
    package var summary: SessionSummary {
        get { document.summary }
        set { document.summary = newValue }
    }

    /// What the session asks of a model.
    package var settings: SessionSettings {
        get { document.settings }
        set { document.settings = newValue }
    }

    /// Whether only a later version of the program can write it.
    package var isNewer: Bool { document.format.isNewer }

    /// Makes the head of a new session.
    package init(summary: SessionSummary, settings: SessionSettings) {
        document = SessionDocument(summary: summary, settings: settings)
    }

    /// Reads a head.
    ///
    /// - Parameters:
    ///   - head: the object with the summary.
    ///   - settings: the object with the settings.
    ///   - id: the session's name.
    /// - Throws: `DocumentFlaw`.
    package init(_ head: [UInt8], settings: [UInt8], id: SessionID) throws(DocumentFlaw) {
        let known = try Self.summary(of: head, id: id)
        let text = Self.text(head: head, settings: settings, rest: "\"pending\":[],\"undone\":[],\"messages\":[]}")
        document = try SessionDocument(text, id: id, modified: Self.epoch)
        document.summary = known
    }

    private static let epoch = Date(timeIntervalSince1970: 0)

    /// The text of a document whose other members follow.
    static func text(head: [UInt8], settings: [UInt8], rest: String) -> [UInt8] {
        head.dropLast() + Array(",\n\"settings\":".utf8) + settings + Array((",\n" + rest).utf8)
    }

    /// Reads the summary alone, with the counts that it says.
    ///
    /// - Parameters:
    ///   - head: the object with the summary.
    ///   - id: the session's name.
    /// - Throws: `DocumentFlaw`.
    package static func summary(of head: [UInt8], id: SessionID) throws(DocumentFlaw) -> SessionSummary {
        var members = SummaryMembers()
        do {
            try JSONScanner.scan(head) { scanner throws(JSONFlaw) in
                try scanner.object { scanner, name, _ throws(JSONFlaw) in
                    if try !members.take(name, from: &scanner) { try scanner.skipValue() }
                }
                try scanner.expectEnd()
            }
        } catch {
            throw DocumentFlaw(flaw: error, isNewer: members.format?.isNewer ?? false)
        }
        return members.summary(of: id, modified: epoch)
    }

    /// The head of a copy: what is unknown of the original stays, but for where that came from.
    package func copy(as summary: SessionSummary) -> SessionHead {
        var copy = self
        copy.document.summary = summary
        copy.document.forgetOriginExtras()
        return copy
    }

    /// The two objects as they are to be kept; title and preview become what was written, since they may have been cut.
    ///
    /// - Throws: `SessionError` with `notSaved` if they could not be read again.
    package mutating func encode() throws(SessionError) -> (head: [UInt8], settings: [UInt8]) {
        document.summary.remark = nil
        let lines = SummaryLine.encode(&document)
        try document.check(firstLines: lines)
        var head = lines.filter { $0 != UInt8(ascii: "\n") }
        head[head.endIndex - 1] = UInt8(ascii: "}")
        return (head, SettingsCodec.encode(settings, keeping: document.storedSettings, of: document.source))
    }
}
