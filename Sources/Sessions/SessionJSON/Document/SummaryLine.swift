#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import SessionKit

/// The first line of a document: the summary, which is all that a list reads.
///
/// With its comma replaced by a brace it is a JSON object of at most 4,096 bytes.
package enum SummaryLine {
    /// The most bytes of the line, its line break included.
    package static let longest = 4096

    /// Reads the first line.
    ///
    /// - Parameters:
    ///   - head: the first bytes of the file, `longest` of them or the whole file.
    ///   - id: the id that the file's name says.
    ///   - modified: when the file was last changed.
    /// - Returns: nil if the file does not begin with such a line and has to be read whole.
    package static func parse(_ head: [UInt8], id: SessionID, modified: Date) -> SessionSummary? {
        guard let lineEnd = head.prefix(longest).firstIndex(of: UInt8(ascii: "\n")), lineEnd > 1,
            head[lineEnd - 1] == UInt8(ascii: ",")
        else { return nil }
        var line = Array(head[..<lineEnd])
        line[lineEnd - 1] = UInt8(ascii: "}")
        var members = SummaryMembers()
        let isWhole: Void? = try? JSONScanner.scan(line) { scanner throws(JSONFlaw) in
            try scanner.object { scanner, name, _ throws(JSONFlaw) in
                if try !members.take(name, from: &scanner) { try scanner.skipValue() }
            }
            try scanner.expectEnd()
        }
        guard isWhole != nil, members.isComplete else { return nil }
        return members.summary(of: id, modified: modified)
    }

    /// Writes the first line, and those after it that hold what does not fit.
    ///
    /// Title and preview are cut until the line fits. Unknown members that are left out of it follow on lines of their
    /// own. If the members that can't be cut are too long by themselves, all but the format do, and the document has
    /// no summary line: readers then read it whole.
    ///
    /// - Parameter document: the document; its title and preview become what was written.
    /// - Returns: the lines, each with its comma and line break.
    package static func encode(_ document: inout SessionDocument) -> [UInt8] {
        let room = longest - 2 - fixedLength(of: document)
        guard room >= 64 else { return loose(document) }
        let title = document.summary.title
        let preview = document.summary.preview
        if encodedLength(preview) + encodedLength(title ?? "") > room {
            // The title is what a person chose; the preview can be read in the file.
            document.summary.title = title.map { cut($0, to: room - min(encodedLength(preview), room / 4)) }
            document.summary.preview = cut(preview, to: room - encodedLength(document.summary.title ?? ""))
        }
        var line = members(of: document)
        var rest: [UInt8] = []
        for extra in document.extras {
            var longer = line
            longer.put(extra, of: document.source)
            if longer.bytes.count + 2 <= longest {
                line = longer
            } else {
                append(extra, of: document.source, to: &rest)
            }
        }
        return line.bytes + Array(",\n".utf8) + rest
    }

    private static func loose(_ document: SessionDocument) -> [UInt8] {
        let whole = members(of: document).finished()
        var lines: [UInt8] = [UInt8(ascii: "{")]
        let own: Void? = try? JSONScanner.scan(whole) { scanner throws(JSONFlaw) in
            try scanner.object { scanner, _, token throws(JSONFlaw) in
                append(JSONMember(name: token, value: try scanner.skipValue()), of: whole, to: &lines)
            }
        }
        assert(own != nil, "what was just written can be read")
        for extra in document.extras { append(extra, of: document.source, to: &lines) }
        return lines
    }

    private static func append(_ member: JSONMember, of source: [UInt8], to lines: inout [UInt8]) {
        lines.append(contentsOf: source[member.name])
        lines.append(UInt8(ascii: ":"))
        JSONCompaction.append(source[member.value], to: &lines)
        lines.append(contentsOf: ",\n".utf8)
    }

    private static func fixedLength(of document: SessionDocument) -> Int {
        var short = document
        short.summary.title = document.summary.title.map { _ in "" }
        short.summary.preview = ""
        return members(of: short).bytes.count
    }

    private static func members(of document: SessionDocument) -> JSONObjectWriter {
        let summary = document.summary
        var writer = JSONObjectWriter()
        writer.put("format", DocumentFormat.current.name)
        writer.put("id", summary.id.rawValue)
        writer.put("title", summary.title)
        writer.put("preview", summary.preview)
        writer.put("createdAt", Timestamp.string(from: summary.createdAt))
        writer.put("updatedAt", Timestamp.string(from: summary.updatedAt))
        writer.put("model", summary.model?.description)
        writer.put("messageCount", summary.messageCount)
        writer.put("pendingCount", summary.pendingCount)
        writer.put("revision", summary.revision)
        if let origin = summary.forkedFrom {
            var object = JSONObjectWriter()
            object.put("id", origin.id)
            object.put("turn", origin.turn?.rawValue)
            for extra in document.originExtras { object.put(extra, of: document.source) }
            writer.put("forkedFrom", json: object.finished())
        }
        return writer
    }

    /// The length of a string in JSON, without its quotes.
    private static func encodedLength(_ text: String) -> Int {
        var bytes: [UInt8] = []
        JSONString.encode(text, into: &bytes)
        return bytes.count - 2
    }

    /// Cuts a text between characters so that it takes at most so many bytes in JSON, an ellipsis included.
    private static func cut(_ text: String, to room: Int) -> String {
        guard encodedLength(text) > room else { return text }
        var kept = ""
        var length = 3  // The ellipsis.
        for character in text {
            length += encodedLength(String(character))
            if length > room { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
