import Markdown
import SessionJSON
import SessionKit
import Terminal
import TerminalText

/// Writes a session's messages.
struct HistoryRendering: Pageable {
    let transcript: Transcript
    let format: OutputFormat
    /// Whether answers are shown as they are on a terminal too; elsewhere they always are.
    let isRaw: Bool

    /// Writes them, each as soon as it is composed: a long history has no second copy in memory.
    func write(to output: ScreenOutput) throws {
        let entries = HistoryEntry.all(of: transcript)
        switch format {
        case .json:
            try output.writeLine(JSONOutput.encodeLines(entries.map(json)))
        case .text:
            for (place, entry) in entries.enumerated() {
                if place > 0 { try output.write("\n") }
                if output.isTerminal, place > 0, let firstSent, entry.isPrompt(of: firstSent) {
                    let mark = "The turns above are no longer sent to the model."
                    try output.writeComposed(output.styled(mark, .dim) + "\n\n")
                }
                try write(entry, to: output)
            }
        }
    }

    /// Whether the text takes no more than so many lines of a screen.
    ///
    /// - Parameters:
    ///   - rows: the lines there are.
    ///   - columns: how long a line is before it is wrapped, 1 or more.
    func fits(rows: Int, columns: Int) -> Bool {
        // JSON is for programs, on a terminal too.
        guard format == .text else { return true }
        var left = rows
        for entry in HistoryEntry.all(of: transcript) {
            left -= 2  // The line with the role and the empty one before it.
            // Styles have no width of their own, so they are left out.
            let text = rendered(entry, columns: columns, hasColour: false) ?? entry.content.text
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                left -= 1 + max(0, DisplayWidth.of(String(line)) - 1) / max(1, columns)
                if left < 0 { return false }
            }
        }
        return true
    }

    /// The turn with which the last request began, if that was not the first.
    private var firstSent: TurnID? { transcript.messages.last { $0.role == .assistant }?.context?.from }

    private func json(_ entry: HistoryEntry) -> MessageJSON {
        switch entry {
        case .message(let message): MessageJSON(message)
        case .pending(let prompt): MessageJSON(prompt)
        }
    }

    /// Writes one entry: a line with role and marks, then the words.
    private func write(_ entry: HistoryEntry, to output: ScreenOutput) throws {
        try output.writeComposed(output.styled(entry.heading + ":", entry.isAmiss ? .yellow : .cyan) + "\n")
        if output.isTerminal, let text = rendered(entry, columns: output.columns, hasColour: output.hasColour) {
            return try output.writeComposed(text + "\n")
        }
        let content = entry.content.text
        try output.write(content.utf8.last == UInt8(ascii: "\n") ? content : content + "\n")
    }
    /// An answer as it looked when it came; nil for what is shown as it is: words of others, and all of it if `isRaw`.
    private func rendered(_ entry: HistoryEntry, columns: Int, hasColour: Bool) -> String? {
        guard !isRaw, case .message(let message) = entry, message.role == .assistant else { return nil }
        var renderer = MarkdownRenderer(columns: columns, hasColour: hasColour)
        return renderer.feed(message.content.text) + renderer.finish()
    }
}

/// How a command's result is written.
///
/// One switch over it per result, so that a new form is a compile error there.
package enum OutputFormat: Sendable {
    /// For people; columns and colours depend on where it goes.
    case text
    /// One JSON document.
    case json
}
