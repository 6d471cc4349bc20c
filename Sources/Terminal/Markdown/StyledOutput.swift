internal import TerminalText

/// Text with the sequences that select its styles, for the terminal.
///
/// These sequences (`ESC [ … m`) and line feeds are the only controls, and every style ends with its line, so that a
/// notice from another stream does not get the style of the answer.
struct StyledOutput {
    private let hasColour: Bool
    private var text = String.UnicodeScalarView()
    private var current = TextStyle.plain

    init(hasColour: Bool) { self.hasColour = hasColour }

    /// Writes a scalar that is not a control.
    mutating func write(_ scalar: Unicode.Scalar, _ style: TextStyle) {
        select(style)
        text.append(scalar)
    }

    /// Writes text without controls.
    mutating func write(_ piece: StyledText) {
        guard !piece.text.isEmpty else { return }
        select(piece.style)
        text.append(contentsOf: piece.text.unicodeScalars)
    }

    /// Writes the text of another output, which has no open style.
    mutating func write(composed piece: String) {
        select(.plain)
        text.append(contentsOf: piece.unicodeScalars)
    }

    /// Ends the line.
    mutating func breakLine() {
        select(.plain)
        text.append("\n")
    }

    /// Ends the style.
    mutating func closeStyle() { select(.plain) }

    /// The sequence that selects the open style; empty if there is none.
    var openStyle: String { current == .plain ? "" : Self.selection(of: current) }

    /// Returns what was written since the last call.
    mutating func take() -> String {
        defer { text = String.UnicodeScalarView() }
        return String(text)
    }

    private mutating func select(_ style: TextStyle) {
        guard hasColour, style != current else { return }
        if current != .plain { text.append(contentsOf: SGR.plain.unicodeScalars) }
        if style != .plain { text.append(contentsOf: Self.selection(of: style).unicodeScalars) }
        current = style
    }

    private static func selection(of style: TextStyle) -> String { SGR.selecting(style.parameters) }
}
