internal import TerminalText

/// A string or comment of a language, with its delimiters.
struct SyntaxRegion {
    let opening: [Unicode.Scalar]
    /// The delimiter that ends it; empty for the end of the line.
    let closing: [Unicode.Scalar]
    let style: TextStyle
    let isMultiline: Bool
    let hasEscapes: Bool
    /// Whether it begins only after a space or at the start of a line: `#` in a shell, `'` in YAML.
    let needsSpaceBefore: Bool

    /// A string.
    static func string(_ quote: String, isMultiline: Bool = false, hasEscapes: Bool = true, space: Bool = false) -> Self
    {
        Self(
            opening: Array(quote.unicodeScalars), closing: Array(quote.unicodeScalars),
            style: TextStyle(colour: .green), isMultiline: isMultiline, hasEscapes: hasEscapes, needsSpaceBefore: space)
    }

    /// A comment to the end of the line.
    static func comment(_ opening: String, space: Bool = false) -> Self {
        Self(
            opening: Array(opening.unicodeScalars), closing: [], style: .dim, isMultiline: false, hasEscapes: false,
            needsSpaceBefore: space)
    }

    /// A comment between two marks.
    static func comment(_ opening: String, _ closing: String) -> Self {
        Self(
            opening: Array(opening.unicodeScalars), closing: Array(closing.unicodeScalars), style: .dim,
            isMultiline: true, hasEscapes: false, needsSpaceBefore: false)
    }

    /// How many scalars of `closing` the text ends with.
    ///
    /// - Parameters:
    ///   - before: how many it ended with before the scalar.
    ///   - scalar: the last scalar of the text.
    func closedScalars(after before: Int, then scalar: Unicode.Scalar) -> Int {
        guard !closing.isEmpty else { return 0 }
        let end = closing[..<before] + [scalar]
        return (0...end.count).reversed().first { closing.starts(with: end.suffix($0)) } ?? 0
    }
}
