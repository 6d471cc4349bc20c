/// Wraps text into rows of a window as it arrives, scalar by scalar, without taking anything back.
///
/// A word is written as it arrives while the row has ample room for it, and held until its end near the edge. The
/// result depends on the scalars only, not on how the text was cut.
struct WordWrapper {
    /// The columns of the window; takes effect at the next row.
    var columns: Int
    private(set) var output: StyledOutput
    /// The columns of the rows since `beginLine`, for tables.
    private(set) var rowWidths: [Int] = []

    private var prefix = LinePrefix()
    private var column = 0
    private var isRowEmpty = true
    private var spaces = 0
    private var spaceStyle = TextStyle.plain
    private var word: [(scalar: Unicode.Scalar, style: TextStyle)] = []
    private var wordWidth = 0
    /// Whether the beginning of the word has been written already.
    private var isFlowing = false
    private var cluster = Cluster()

    /// With less room a word is held until its end; few words are longer, and those are broken.
    private static let ampleRoom = 32

    init(columns: Int, hasColour: Bool) {
        self.columns = columns
        output = StyledOutput(hasColour: hasColour)
    }

    /// The columns for text after the prefix.
    var room: Int { max(1, columns - prefix.width) }

    /// The columns of the line's text, after its prefix; nil once it has more than one row.
    var widthOfOnlyRow: Int? {
        let width = rowWidths.first ?? column + (word.isEmpty ? 0 : spaces + wordWidth)
        return rowWidths.count <= 1 && width <= columns ? max(0, width - prefix.firstWidth) : nil
    }

    // MARK: Lines

    /// Begins a line of text; the row before has been ended.
    mutating func beginLine(_ prefix: LinePrefix) {
        self.prefix = prefix
        for piece in prefix.first { output.write(piece) }
        beginRow(at: prefix.firstWidth)
        rowWidths.removeAll(keepingCapacity: true)
    }

    /// Writes what is held of the line, without spaces at its end.
    mutating func endLine() {
        endWord()
        spaces = 0
        rowWidths.append(column)
    }

    /// Moves on to the next row.
    mutating func breakRow() { output.breakLine() }

    /// Returns the output since the last call.
    mutating func take() -> String { output.take() }

    /// Ends the style.
    mutating func closeStyle() { output.closeStyle() }

    // MARK: Text

    /// Writes a scalar without wrapping; a tab advances to the next multiple of four columns.
    mutating func putVerbatim(_ scalar: Unicode.Scalar, _ style: TextStyle) {
        guard scalar == "\t" else {
            output.write(scalar, style)
            column += 1
            return
        }
        repeat {
            output.write(" ", style)
            column += 1
        } while (column - prefix.width) % 4 != 0
    }

    /// Writes a piece without wrapping.
    mutating func putVerbatim(_ piece: StyledText) {
        output.write(piece)
        column += piece.width
        isRowEmpty = false
    }

    /// Writes a line that has its layout already.
    mutating func put(composed line: String) { output.write(composed: line) }

    /// Writes a scalar of running text.
    mutating func put(_ scalar: Unicode.Scalar, _ style: TextStyle) {
        if scalar == " " || scalar == "\t" {
            endWord()
            spaces += 1
            spaceStyle = style
        } else if cluster.isContinued(by: scalar) {
            extendCluster(scalar)
        } else {
            beginCluster(scalar, style)
        }
    }

    private mutating func extendCluster(_ scalar: Unicode.Scalar) {
        let growth = cluster.append(scalar)
        if isFlowing {
            output.write(scalar, cluster.style)
            column += growth
        } else {
            word.append((scalar, cluster.style))
            wordWidth += growth
        }
    }

    private mutating func beginCluster(_ scalar: Unicode.Scalar, _ style: TextStyle) {
        let next = Cluster(scalar, style)
        // Between wide characters such as ideographs a row may end, but not before closing punctuation (UAX #14, ID ×
        // CL).
        if next.width == 2 || cluster.width == 2, !cluster.isEmpty, !LineBreaking.staysWithWord(scalar) { endWord() }
        cluster = next
        if isFlowing {
            if column + next.largestWidth > columns, !isRowEmpty { wrap() }
            output.write(scalar, style)
            column += next.width
            isRowEmpty = false
            return
        }
        if !word.isEmpty, wordWidth + next.largestWidth > room || word.count > 4 * room + 64 {
            placeWord()
            wrap()
        }
        word.append((scalar, style))
        wordWidth += next.width
        let hasAmpleRoom = column + spaces + wordWidth + Self.ampleRoom <= columns
        if isRowEmpty || hasAmpleRoom && !LineBreaking.mayBecomeAddress(word.lazy.map(\.scalar)) { flow() }
    }

    /// Writes what is held of the word, and from then on the rest as it arrives.
    private mutating func flow() {
        placeWord()
        isFlowing = true
    }

    private mutating func endWord() {
        placeWord()
        isFlowing = false
        cluster = Cluster()
    }

    private mutating func placeWord() {
        guard !word.isEmpty else { return }
        if !isRowEmpty, column + spaces + wordWidth > columns {
            wrap()
        } else {
            for _ in 0..<min(spaces, columns) { output.write(" ", spaceStyle) }
            column += min(spaces, columns)
            spaces = 0
        }
        for (scalar, style) in word { output.write(scalar, style) }
        column += wordWidth
        isRowEmpty = false
        word.removeAll(keepingCapacity: true)
        wordWidth = 0
    }

    private mutating func wrap() {
        rowWidths.append(column)
        output.breakLine()
        for piece in prefix.rest { output.write(piece) }
        beginRow(at: prefix.width)
    }

    private mutating func beginRow(at start: Int) {
        column = start
        isRowEmpty = true
        spaces = 0
    }
}

/// Where a row may end.
private enum LineBreaking {
    /// Whether a row must not begin with a scalar: closing punctuation, small kana and iteration marks (UAX #14: CL,
    /// NS).
    static func staysWithWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "、", "。", "，", "．", "！", "？", "：", "；", "）", "」", "』", "】", "〉", "》", "〕", "］", "｝", "…", "‥",
            "・", "ー", "々", "ゝ", "ゞ", "〜", "”", "’", ".", ",", "!", "?", ":", ";", ")", "]", "}", "%":
            true
        default: false
        }
    }

    /// Whether a word with this beginning may be a web address, which goes to the next row rather than being broken.
    static func mayBecomeAddress(_ beginning: some Sequence<Unicode.Scalar>) -> Bool {
        var expected = "http".unicodeScalars.makeIterator()
        for scalar in beginning.drop(while: { $0 == "(" || $0 == "<" || $0 == "[" }) {
            guard let next = expected.next() else { return true }
            if scalar != next { return false }
        }
        return true
    }
}
