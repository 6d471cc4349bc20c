internal import TerminalText

/// Ways to complete the end of a line.
package struct LineCompletion: Sendable, Equatable {
    /// Finds completions for the text before the cursor; nil where there are none.
    ///
    /// Called on the line editor's thread; may block.
    package typealias Source = @Sendable (_ text: String) -> LineCompletion?

    /// The end of the text that is to be completed; may be empty.
    package let word: String
    /// The words that begin with it, in the order in which they are shown.
    package let candidates: [String]

    /// Selects the candidates that begin with the word.
    ///
    /// - Parameters:
    ///   - word: the end of the text that is to be completed.
    ///   - candidates: all words.
    package init(_ word: String, among candidates: some Sequence<String>) {
        self.word = word
        self.candidates = candidates.filter { $0.utf8.starts(with: word.utf8) }
    }

    /// The text to insert after the word: the rest that all candidates have in common, and a space after a single
    /// candidate unless more can follow it, as after a directory or the name of a provider.
    var insertion: String {
        guard let first = candidates.first else { return "" }
        let common = candidates.dropFirst().reduce(Substring(first)) { common, candidate in
            common.prefix(zip(common, candidate).prefix { $0.0 == $0.1 }.count)
        }
        let isOpen = common.isEmpty || common.hasSuffix("/") || common.hasSuffix(":")
        let end = candidates.count == 1 && !isOpen ? " " : ""
        // In bytes, since the completion may continue the word's last character.
        return String(Substring(common.utf8.dropFirst(word.utf8.count))) + end
    }

    /// The candidates in columns.
    ///
    /// - Parameter columns: the width of the window.
    /// - Returns: screen-safe lines that end with line feeds; at most 100 candidates, then the number of the others.
    func overview(columns: Int) -> String {
        let shown = candidates.prefix(Self.most).map { DisplayWidth.truncate(ScreenText.safeLine($0), to: columns - 1) }
        let width = (shown.map { DisplayWidth.of($0) }.max() ?? 0) + 2
        let across = max(1, columns / width)
        let down = (shown.count + across - 1) / across
        var result = ""
        for row in 0..<down {
            let cells = stride(from: row, to: shown.count, by: down).map { shown[$0] }
            for cell in cells.dropLast() {
                result += cell + String(repeating: " ", count: width - DisplayWidth.of(cell))
            }
            result += (cells.last ?? "") + "\n"
        }
        if candidates.count > Self.most { result += "… \(candidates.count - Self.most) more\n" }
        return result
    }

    private static let most = 100
}
