internal import TerminalText

/// A language for the lexer.
struct SyntaxLanguage {
    let keywords: Set<String>
    let regions: [SyntaxRegion]
    /// The styles of lines by their first character, for diffs.
    let lineStyles: [Unicode.Scalar: TextStyle]
    let ignoresCase: Bool

    static let keyword = TextStyle(colour: .magenta)
    static let number = TextStyle(colour: .cyan)

    init(
        _ keywords: String, _ regions: [SyntaxRegion], lineStyles: [Unicode.Scalar: TextStyle] = [:],
        ignoresCase: Bool = false
    ) {
        self.keywords = Set(keywords.split(separator: " ").map(String.init))
        self.regions = regions
        self.lineStyles = lineStyles
        self.ignoresCase = ignoresCase
    }

    /// The style of a word.
    func style(of word: String) -> TextStyle {
        keywords.contains(ignoresCase ? word.lowercased() : word) ? Self.keyword : .plain
    }

    /// Whether scalars and the next one may begin the opening of a string or comment.
    func mayBeginRegion(
        _ scalars: [Unicode.Scalar], then next: Unicode.Scalar, after previous: Unicode.Scalar
    ) -> Bool {
        regions.contains { region in
            let opening = region.opening
            guard opening.count > scalars.count, opening[scalars.count] == next, opening.starts(with: scalars) else {
                return false
            }
            return !region.needsSpaceBefore || !CodeHighlighter.isWord(previous) && previous != "$" && previous != "{"
        }
    }

    /// The string or comment with the longest opening that scalars begin with.
    func region(beginning scalars: [Unicode.Scalar]) -> SyntaxRegion? {
        regions.filter { scalars.starts(with: $0.opening) }.max { $0.opening.count < $1.opening.count }
    }
}
