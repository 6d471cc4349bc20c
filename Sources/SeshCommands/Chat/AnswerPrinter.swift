import TerminalText
import Markdown
import SessionKit
import Terminal

/// Writes an answer to standard output as it arrives.
///
/// The line break that ends it is the acknowledgement that the turn is durable: those at the end of the text are held
/// back until `finish`. On a terminal Markdown is rendered, unless the text is to be shown as it is.
///
/// Elsewhere the last piece waits for the next one or the end, and goes out together with that line break: lines of
/// programs that share a pipe then stay whole up to PIPE_BUF bytes (write(2), pipe(7)).
struct AnswerPrinter {
    private let output: ScreenOutput
    /// What has arrived and is not written yet.
    private var held = ""
    private var hasWritten = false
    private var renderer: MarkdownRenderer?

    /// Begins an answer.
    ///
    /// - Parameters:
    ///   - output: where it is written.
    ///   - isRaw: whether it is shown as it is on a terminal too; elsewhere it always is.
    init(output: ScreenOutput, isRaw: Bool) {
        self.output = output
        if output.isTerminal, !isRaw {
            renderer = MarkdownRenderer(columns: output.columns, hasColour: output.hasColour)
        }
    }

    /// Writes a piece.
    mutating func write(_ piece: String) throws {
        guard !piece.isEmpty else { return }
        if !output.isTerminal { try writeHeld() }
        held += piece
        if output.isTerminal { try writeHeld() }
    }

    /// Writes what is held, but for the line breaks at its end.
    private mutating func writeHeld() throws {
        // An answer of white space only is none, so nothing is written before the first visible word.
        guard hasWritten || held.hasVisibleWord else { return }
        guard renderer == nil else {
            defer { held = "" }
            return try render(held)
        }
        let body = held.utf8.dropLast(trailingBreaks)
        guard !body.isEmpty else { return }
        let text = String(Substring(body))
        held = String(repeating: "\n", count: trailingBreaks)
        hasWritten = true
        try output.write(text)
    }

    private var trailingBreaks: Int { held.utf8.reversed().prefix { $0 == UInt8(ascii: "\n") }.count }

    /// Writes the end of the answer, once the turn is durable.
    mutating func finish() throws {
        if let style = renderer?.openStyle, let rest = renderer?.finish() {
            return try output.writeComposed(Self.resuming(style, rest) + "\n")
        }
        let end = trailingBreaks == 0 ? held + "\n" : held
        held = ""
        try output.write(end)
    }

    /// Writes what is still to come of an answer that was not saved: off a terminal without the line break at its end.
    mutating func breakOff() throws {
        if output.isTerminal {
            if hasWritten { try finish() }
        } else {
            try writeHeld()
        }
    }

    /// Renders a piece.
    ///
    /// A style that goes on is closed for as long as the next piece is awaited: whatever happens until then, from a notice
    /// to a kill, finds the terminal plain.
    private mutating func render(_ piece: String) throws {
        guard var renderer else { return }
        renderer.columns = output.columns
        hasWritten = true
        let style = renderer.openStyle
        let text = renderer.feed(piece)
        if !text.isEmpty {
            try output.writeComposed(Self.resuming(style, text) + (renderer.openStyle.isEmpty ? "" : SGR.plain))
        }
        self.renderer = renderer
    }

    /// Text in a style that was closed before it; as a rule the first thing it does is to end it.
    private static func resuming(_ style: String, _ text: String) -> String {
        guard !style.isEmpty, text.utf8.starts(with: SGR.plain.utf8) else { return style + text }
        return String(Substring(text.utf8.dropFirst(SGR.plain.utf8.count)))
    }
}
