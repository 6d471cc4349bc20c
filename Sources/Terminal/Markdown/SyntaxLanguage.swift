internal import TerminalText

/// What the lexer has to know of a language.
struct SyntaxLanguage {
    let keywords: Set<String>
    let regions: [SyntaxRegion]
    /// The style of lines that begin with a character, for differences between files.
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

    /// Whether scalars and the one after them are the beginning of what opens a string or comment.
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

    /// The string or comment that scalars begin; the one with the longest opening.
    func region(beginning scalars: [Unicode.Scalar]) -> SyntaxRegion? {
        regions.filter { scalars.starts(with: $0.opening) }.max { $0.opening.count < $1.opening.count }
    }
}
