import TerminalText

/// Shows Markdown on a terminal as it arrives.
///
/// Output is never taken back: no cursor movement, no line drawn twice. Text is written as soon as its style is
/// certain; a marker that may open a span holds its line until the span closes, and a table is held until it ends. The
/// output depends on the text only, not on how it was cut. Its only controls are line feeds and the sequences that
/// select styles (`ESC [ … m`), all written by the renderer: those in the text are shown as glyphs.
package struct MarkdownRenderer: Sendable {
    /// The columns of the window; a change takes effect at the next row.
    package var columns: Int {
        didSet { blocks.wrapper.columns = Self.usable(columns) }
    }

    private let hasColour: Bool
    private var blocks: BlockParser
    private var hasReturn = false

    /// Begins a text.
    ///
    /// - Parameters:
    ///   - columns: the columns of the window; a number below 1 counts as 80.
    ///   - hasColour: whether styles may be used; without them headings and code keep their markers.
    package init(columns: Int, hasColour: Bool) {
        self.columns = columns
        self.hasColour = hasColour
        blocks = BlockParser(columns: Self.usable(columns), hasColour: hasColour)
    }

    /// Renders the next piece of the text.
    ///
    /// - Parameter text: Markdown, cut between any two scalars.
    /// - Returns: the output so far; empty while nothing is certain. A line feed is written before the next line, so
    ///   that the text ends without one.
    package mutating func feed(_ text: String) -> String {
        for scalar in text.unicodeScalars { feed(scalar) }
        return blocks.wrapper.take()
    }

    /// Ends the text; the renderer is ready for another.
    ///
    /// - Returns: what was held, with every style closed and no line feed at the end.
    package mutating func finish() -> String {
        if hasReturn { show("\r") }
        blocks.finish()
        let rest = blocks.wrapper.take()
        hasReturn = false
        blocks = BlockParser(columns: Self.usable(columns), hasColour: hasColour)
        return rest
    }

    /// The sequence that selects the style that the output so far leaves open; empty if there is none.
    package var openStyle: String { blocks.wrapper.output.openStyle }

    private mutating func feed(_ scalar: Unicode.Scalar) {
        // A carriage return before a line feed is part of the line end; any other is a control.
        if hasReturn {
            hasReturn = false
            if scalar != "\n" { show("\r") }
        }
        switch scalar {
        case "\r": hasReturn = true
        case "\n", "\t": blocks.feed(scalar)
        case _ where ScreenText.isSafe(scalar): blocks.feed(scalar)
        default: show(scalar)
        }
    }

    /// Shows a control as a glyph.
    private mutating func show(_ control: Unicode.Scalar) {
        for scalar in ScreenText.safe(String(control)).unicodeScalars { blocks.feed(scalar) }
    }

    private static func usable(_ columns: Int) -> Int { columns < 1 ? 80 : columns }
}
