#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import SessionKit

/// All that a database keeps of a session, in the texts of which a document is made.
package struct SessionRows {
    /// The summary, as an object.
    package var head: [UInt8]
    /// The settings.
    package var settings: [UInt8]
    /// The pending prompts, oldest first.
    package var pending: [[UInt8]] = []
    /// The turns that were taken back, the last one last, each with its messages.
    package var undone: [(line: [UInt8], messages: [[UInt8]])] = []
    /// The history.
    package var messages: [[UInt8]] = []

    /// Takes a session without turns.
    package init(head: [UInt8], settings: [UInt8]) {
        self.head = head
        self.settings = settings
    }

    /// The document of these rows, laid out as a file.
    package func text() throws(JSONFlaw) -> [UInt8] {
        let comma = [UInt8(ascii: ",")]
        var entries: [[UInt8]] = []
        for entry in undone { entries.append(try UndoneLine.joined(entry.line, with: entry.messages)) }
        var text = SessionHead.text(head: head, settings: settings, rest: "\"pending\":[")
        text += pending.joined(separator: comma)
        text += Array("],\n\"undone\":[".utf8) + entries.joined(separator: comma)
        text += Array("],\n\"messages\":[\n".utf8) + messages.joined(separator: Array(",\n".utf8))
        return text + Array((messages.isEmpty ? "]}\n" : "\n]}\n").utf8)
    }

    /// Reads the rows as a document.
    ///
    /// - Parameter id: the session's name.
    /// - Throws: `DocumentFlaw`.
    package func document(id: SessionID) throws(DocumentFlaw) -> SessionDocument {
        let bytes: [UInt8]
        do { bytes = try text() } catch { throw DocumentFlaw(flaw: error, isNewer: false) }
        return try SessionDocument(bytes, id: id, modified: Date(timeIntervalSince1970: 0))
    }
}
