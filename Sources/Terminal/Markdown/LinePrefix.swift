import TerminalText

/// What stands before the text of a line: the bars of quotes, the markers of list items, indentation.
struct LinePrefix {
    /// Before the first row of the line.
    private(set) var first: [StyledText] = []
    /// Before the rows that it is wrapped into.
    private(set) var rest: [StyledText] = []
    /// The columns of the first row's.
    private(set) var firstWidth = 0
    /// The columns of the other rows'.
    private(set) var width = 0

    init() {}

    /// Puts together what containers put before a line.
    ///
    /// - Parameters:
    ///   - containers: from the outermost inwards; those that were not shown yet show their marker.
    ///   - columns: the columns of the window, half of which is left to the text.
    init(_ containers: [Container], columns: Int) {
        for container in containers {
            let marker = container.marker.map { $0 + " " } ?? "│ "
            let columnsOfMarker = DisplayWidth.of(marker)
            let fits = width + columnsOfMarker <= columns / 2
            let space = StyledText(text: String(repeating: " ", count: columnsOfMarker), style: .plain)
            let shown = StyledText(text: marker, style: .dim)
            if container.isQuote ? fits : !container.isShown {
                first.append(shown)
                firstWidth += columnsOfMarker
            } else if fits {
                first.append(space)
                firstWidth += columnsOfMarker
            }
            if fits {
                rest.append(container.isQuote ? shown : space)
                width += columnsOfMarker
            }
        }
    }

    /// The prefix of a line without text: its bars, and no spaces at the end.
    var blank: LinePrefix {
        var blank = LinePrefix()
        guard let last = rest.lastIndex(where: { $0.style == .dim }) else { return blank }
        blank.first = rest[..<last] + [StyledText(text: "│", style: .dim)]
        return blank
    }
}
