import SessionKit

/// A conversation as a document of its own.
///
/// What was taken back stays behind, and so does, in JSON, what was left unanswered: the document holds what was said.
struct TranscriptExport {
    let transcript: Transcript
    let format: ExportFormat

    /// The whole document, with a line feed at its end.
    func text() throws -> String {
        switch format {
        case .markdown: markdown
        case .json: try JSONText.encodeDocument(TranscriptJSON(transcript))
        case .text: plain
        }
    }

    private var summary: SessionSummary { transcript.session.summary }

    private var markdown: String {
        var parts = ["# \(Self.line(summary.title ?? summary.id.rawValue))"]
        if let system = transcript.session.settings.system {
            parts.append(
                system.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }.joined(
                    separator: "\n"))
        }
        for entry in HistoryEntry.all(of: transcript) {
            parts.append("## \(Self.line(entry.heading))")
            parts.append(Self.trimmed(entry.content))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var plain: String {
        let parts = HistoryEntry.all(of: transcript).map { "\($0.heading):\n\(Self.trimmed($0.content))\n" }
        return parts.joined(separator: "\n")
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
