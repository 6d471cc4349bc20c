import TerminalText

/// A short text in one style.
struct StyledText: Sendable {
    var text: String
    var style: TextStyle

    /// The columns it takes.
    var width: Int { DisplayWidth.of(text) }
}
