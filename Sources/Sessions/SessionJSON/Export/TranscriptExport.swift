public import SessionKit

/// A form in which a conversation leaves the store.
public enum TranscriptFormat: String, CaseIterable, Sendable {
    /// For people, with headings.
    case markdown
    /// A session file, which can be imported.
    case json
    /// For people, without marks.
    case text
}

/// A conversation as a document of its own.
///
/// What was taken back stays behind, and so does, in JSON, what was left unanswered: the document holds what was said.
public struct TranscriptExport: Sendable {
    private let transcript: Transcript
    private let format: TranscriptFormat

    /// Prepares a document.
    ///
    /// - Parameters:
    ///   - transcript: the session and all of its messages.
    ///   - format: the form.
    public init(_ transcript: Transcript, as format: TranscriptFormat) {
        (self.transcript, self.format) = (transcript, format)
    }

    /// The whole document, with a line feed at its end.
    ///
    /// - Throws: what the encoder throws, for a number that is no JSON.
    public func text() throws -> String {
        var text = ""
        try write { text += $0 }
        return text
    }

    /// Writes the document in pieces: one of millions of messages has no copy in memory.
    ///
    /// - Parameter put: writes the next piece.
    public func write(_ put: (String) throws -> Void) throws {
        var buffer = ""
        func gather(_ piece: String) throws {
            buffer += piece
            guard buffer.utf8.count >= 1 << 16 else { return }
            try put(buffer)
            buffer = ""
        }
        switch format {
        case .markdown: try writeMarkdown(gather)
        case .json: try TranscriptJSON.write(transcript, gather)
        case .text: try writePlain(gather)
        }
        if !buffer.isEmpty { try put(buffer) }
    }

    private var summary: SessionSummary { transcript.session.summary }

    private func writeMarkdown(_ put: (String) throws -> Void) throws {
        try put("# \(Self.line(summary.title ?? summary.id.rawValue))")
        if let system = transcript.session.settings.system {
            let lines = system.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }
            try put("\n\n" + lines.joined(separator: "\n"))
        }
        try HistoryEntry.forEach(of: transcript) { entry in
            try put("\n\n## \(Self.line(entry.heading))\n\n" + Self.trimmed(entry.content.text))
        }
        try put("\n")
    }

    private func writePlain(_ put: (String) throws -> Void) throws {
        var isFirst = true
        try HistoryEntry.forEach(of: transcript) { entry in
            try put((isFirst ? "" : "\n") + "\(entry.heading):\n\(Self.trimmed(entry.content.text))\n")
            isFirst = false
        }
    }

    private static func line(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.utf8.last == UInt8(ascii: "\n") { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
