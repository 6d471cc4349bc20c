import TerminalText

/// The part of a line before its text: the bars of quotes, the markers of list items, indentation.
struct LinePrefix {
    /// The prefix of the line's first row.
    private(set) var first: [StyledText] = []
    /// The prefix of the rows that the line is wrapped into.
    private(set) var rest: [StyledText] = []
    /// The columns of the first row's prefix.
    private(set) var firstWidth = 0
    /// The columns of the other rows' prefix.
    private(set) var width = 0

    init() {}

    /// Makes the prefix of a line in containers.
    ///
    /// - Parameters:
    ///   - containers: the outermost first; those that were not shown yet show their marker.
    ///   - columns: the columns of the window, half of which are left for the text.
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

    /// The prefix of a line without text: the bars, without spaces at the end.
    var blank: LinePrefix {
        var blank = LinePrefix()
        guard let last = rest.lastIndex(where: { $0.style == .dim }) else { return blank }
        blank.first = rest[..<last] + [StyledText(text: "│", style: .dim)]
        return blank
    }
}
