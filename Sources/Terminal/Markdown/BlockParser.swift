/// Finds the blocks of Markdown in text as it arrives (CommonMark 0.31.2, 4 and 5; tables as in GFM).
///
/// The beginning of a line is held until its block is certain, which takes a few characters; only a table is held until
/// it ends, for the widths of its columns. Two rules differ from CommonMark, because output cannot be taken back and
/// because models mean their line breaks: a line break in the text is one on the screen, and a line outside of a list
/// item or quote never continues it.
struct BlockParser {
    /// The part of a line that the next scalar belongs to.
    enum Phase {
        case lineStart
        case afterMarker(spaces: Int)
        case task
        case rule
        case bullet
        case ordered
        case headingStart
        case fenceStart
        case fenceEnd
        case headerRow
        case restOfHeaderRow
        case delimiterRow
        case bodyRow
        case text
        case heading
        case code
        case indentedCode
    }

    let hasColour: Bool
    var wrapper: WordWrapper
    var inline: InlineParser
    var phase = Phase.lineStart

    // The line: the number of containers that it is in, the remaining columns of indentation, the scalars that are
    // held.
    var matched = 0
    var indent = 0
    var held: [Unicode.Scalar] = []
    var allowsRule = true

    // The blocks that are open.
    var containers: [Container] = []
    var isInParagraph = false
    var isHeadingEmpty = true
    var fence: Fence?
    var highlighter = CodeHighlighter(language: nil)
    var header: HeaderRow?
    var table: Table?

    private var hasWritten = false
    private var hasBlankLine = false

    /// The most scalars of a line's beginning that are held; a longer one is text.
    static let longestStart = 1000

    init(columns: Int, hasColour: Bool) {
        self.hasColour = hasColour
        wrapper = WordWrapper(columns: columns, hasColour: hasColour)
        inline = InlineParser(hasColour: hasColour)
    }

    /// Parses a scalar: a line feed, a tab or one that is safe to show.
    mutating func feed(_ scalar: Unicode.Scalar) {
        if scalar == "\n" { return endLine(isFinal: false) }
        switch phase {
        case .text: if scalar != "|" || !beginRestOfHeaderRow() { inline.feed(scalar, into: &wrapper) }
        case .code: highlighter.feed(scalar, into: &wrapper)
        case .indentedCode: wrapper.putVerbatim(scalar, .plain)
        case .heading: headingStep(scalar)
        case .lineStart: lineStartStep(scalar)
        case .afterMarker(let spaces): afterMarkerStep(scalar, spaces)
        case .task: taskStep(scalar)
        case .rule: ruleStep(scalar)
        case .bullet: bulletStep(scalar)
        case .ordered: orderedStep(scalar)
        case .headingStart: headingStartStep(scalar)
        case .fenceStart: fenceStartStep(scalar)
        case .fenceEnd: fenceEndStep(scalar)
        case .headerRow, .restOfHeaderRow, .delimiterRow, .bodyRow: tableStep(scalar)
        }
    }

    /// Ends the text: writes what is held, without a line break.
    mutating func finish() {
        endLine(isFinal: true)
        closeTable()
        wrapper.closeStyle()
    }

    // MARK: Lines

    /// Ends a line.
    mutating func endLine(isFinal: Bool) {
        switch phase {
        case .lineStart, .afterMarker: endOfBlankLine()
        case .rule: endOfRule()
        case .bullet, .ordered: endOfMarker()
        case .headingStart:
            beginHeading()
            endHeading()
        case .fenceStart: openFence()
        case .fenceEnd: endOfFence()
        case .headerRow, .restOfHeaderRow, .delimiterRow, .bodyRow: endOfRow()
        case .task: heldIsText()
        case .heading: endHeading()
        case .code:
            highlighter.endLine(into: &wrapper)
            wrapper.endLine()
        case .indentedCode: wrapper.endLine()
        case .text: break
        }
        if case .text = phase {
            inline.end(isFinal: isFinal, into: &wrapper)
            wrapper.endLine()
        }
        phase = .lineStart
        matched = 0
        indent = 0
        held.removeAll(keepingCapacity: true)
        allowsRule = true
    }

    /// Begins a line on the screen, after the prefix of its containers.
    mutating func beginLine() {
        if hasWritten {
            wrapper.breakRow()
            if hasBlankLine {
                wrapper.beginLine(LinePrefix(containers.filter(\.isShown), columns: wrapper.columns).blank)
                wrapper.breakRow()
            }
        }
        hasWritten = true
        hasBlankLine = false
        wrapper.beginLine(LinePrefix(containers, columns: wrapper.columns))
        for place in containers.indices { containers[place].isShown = true }
    }

    /// Writes a line of code that is empty.
    mutating func writeBlankLine() {
        if hasWritten { wrapper.breakRow() }
        hasWritten = true
        wrapper.beginLine(LinePrefix(containers, columns: wrapper.columns).blank)
    }

    /// Begins a line of text.
    mutating func beginText(_ style: TextStyle = .plain) {
        phase = .text
        isInParagraph = true
        beginLine()
        inline.begin(style)
    }

    /// Parses what is held as the beginning of a line of text.
    mutating func heldIsText() {
        let text = held
        held.removeAll(keepingCapacity: true)
        beginText()
        for scalar in text { inline.feed(scalar, into: &wrapper) }
    }

    /// Closes the containers that the line is not in.
    mutating func closeUnmatched() {
        guard matched < containers.count else { return }
        closeTable()
        containers.removeLast(containers.count - matched)
        isInParagraph = false
        fence = nil
    }

    /// Notes a blank line, and closes the quotes that it is not in.
    mutating func noteBlankLine() {
        closeTable()
        hasBlankLine = true
        isInParagraph = false
        if let quote = containers[matched...].firstIndex(where: \.isQuote) {
            containers.removeLast(containers.count - quote)
            fence = nil
        }
    }

    /// Whether a list item is open.
    var isInList: Bool { containers.contains { !$0.isQuote } }
}

/// A block that contains other blocks: a quote or an item of a list.
struct Container {
    /// The marker of a list item as it is shown; nil for a quote.
    var marker: String?
    /// The columns that an item's text is indented by in the source.
    var width = 0
    /// The least columns of indentation of a line in the item.
    ///
    /// At most two beyond the marker's own: models indent nested lists by two even below a number, where CommonMark
    /// requires three.
    var leastIndent = 0
    /// Whether a line of it has been shown.
    var isShown = false

    var isQuote: Bool { marker == nil }

    /// The most containers; deeper markers are text, so that the work for each line stays bounded.
    static let deepest = 16
}
