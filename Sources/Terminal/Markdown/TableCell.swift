/// A cell of a table, wrapped into the rows that fit its column.
struct TableCell {
    /// A row: what it shows, styles included, and how many columns that takes.
    struct Row {
        let text: String
        let width: Int
    }

    let rows: [Row]

    /// Stands for a cell that is on the screen already.
    ///
    /// - Parameter shownWidth: its columns.
    init(shownWidth: Int) { rows = [Row(text: "", width: shownWidth)] }

    /// Lays out a cell.
    ///
    /// - Parameters:
    ///   - text: its Markdown, on one line.
    ///   - style: the style of the whole row.
    ///   - columns: the width of its column.
    init(_ text: [Unicode.Scalar], _ style: TextStyle, columns: Int, hasColour: Bool) {
        var wrapper = WordWrapper(columns: columns, hasColour: hasColour)
        wrapper.beginLine(LinePrefix())
        var inline = InlineParser(hasColour: hasColour)
        inline.begin(hasColour ? style : .plain)
        for scalar in text { inline.feed(scalar, into: &wrapper) }
        inline.end(isFinal: true, into: &wrapper)
        wrapper.endLine()
        wrapper.closeStyle()
        let lines = wrapper.take().split(separator: "\n", omittingEmptySubsequences: false)
        rows = zip(lines, wrapper.rowWidths).map { Row(text: String($0), width: $1) }
    }
}
