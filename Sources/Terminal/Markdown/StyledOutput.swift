internal import TerminalText

/// Text with the sequences that select its styles, as it goes to the terminal.
///
/// These sequences (`ESC [ … m`) and line feeds are the only controls ever written, and no style outlives its line: a
/// notice that another stream writes in between never takes on the style of the answer.
struct StyledOutput {
    private let hasColour: Bool
    private var text = String.UnicodeScalarView()
    private var current = TextStyle.plain

    init(hasColour: Bool) { self.hasColour = hasColour }

    /// Writes a scalar that is no control.
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

    /// Writes text that another output made, which ends in no style.
    mutating func write(composed piece: String) {
        select(.plain)
        text.append(contentsOf: piece.unicodeScalars)
    }

    /// Ends the line.
    mutating func breakLine() {
        select(.plain)
        text.append("\n")
    }

    /// Ends the style, so that what others write is plain.
    mutating func closeStyle() { select(.plain) }

    /// The sequence that selects the style which is open; empty for none.
    var openStyle: String { current == .plain ? "" : Self.selection(of: current) }

    /// Hands over what was written since the last time.
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
