import Markdown
import SessionKit
import Terminal

/// Writes an answer to standard output as it arrives.
///
/// The line break that ends it is the acknowledgement that the turn is durable: those at the end of the text are held
/// back until `finish`. On a terminal Markdown is rendered, unless the text is to be shown as it is.
struct AnswerPrinter {
    private let output: ScreenOutput
    private var heldBreaks = 0
    private var heldBlanks = ""
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
        // An answer of white space only is none, so nothing is written before the first visible word.
        let piece = heldBlanks + piece
        guard hasWritten || piece.hasVisibleWord else {
            heldBlanks = piece
            return
        }
        heldBlanks = ""
        guard renderer == nil else { return try render(piece) }
        let breaks = piece.utf8.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
        let body = piece.utf8.dropLast(breaks)
        guard !body.isEmpty else {
            heldBreaks += breaks
            return
        }
        let text = String(repeating: "\n", count: heldBreaks) + String(Substring(body))
        heldBreaks = breaks
        hasWritten = true
        try output.write(text)
    }

    /// Writes the end of the answer, once the turn is durable.
    mutating func finish() throws {
        if let style = renderer?.openStyle, let rest = renderer?.finish() {
            return try output.writeComposed(Self.resuming(style, rest) + "\n")
        }
        try output.write(String(repeating: "\n", count: max(1, heldBreaks)))
        heldBreaks = 0
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
            try output.writeComposed(Self.resuming(style, text) + (renderer.openStyle.isEmpty ? "" : Self.plain))
        }
        self.renderer = renderer
    }

    private static let plain = "\u{1B}[0m"

    /// Text in a style that was closed before it; as a rule the first thing it does is to end it.
    private static func resuming(_ style: String, _ text: String) -> String {
        guard !style.isEmpty, text.utf8.starts(with: plain.utf8) else { return style + text }
        return String(Substring(text.utf8.dropFirst(plain.utf8.count)))
    }

    /// Whether something stands on the line that has not been ended.
    var isMidLine: Bool { hasWritten }
}
