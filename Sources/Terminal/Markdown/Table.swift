/// A table, held until the widths of its columns are known.
///
/// That is when it ends, or when it has become so long that waiting would be worse than wrapped cells; from then on
/// each row is written as it arrives.
struct Table {
    /// The alignment of the cells of a column.
    enum Alignment { case left, centre, right }

    private let alignments: [Alignment]
    private var rows: [[[Unicode.Scalar]]]
    private var scalarCount = 0
    private var widths: [Int]?
    private var hasHeader = true
    /// The columns of the header's first cell, if it has been written already; else 0.
    private let shownWidth: Int

    /// The most rows and scalars that are held.
    private static let longest = (rows: 200, scalars: 65_536)
    private static let separator = StyledText(text: " │ ", style: .dim)

    /// Begins a table.
    ///
    /// - Parameters:
    ///   - header: the first row, from its first `|`.
    ///   - shownWidth: the columns of a cell before that, which has been written already; nil if there is none.
    ///   - delimiters: the second row, which has the alignment of the columns.
    init(header: [Unicode.Scalar], behind shownWidth: Int? = nil, delimiters: [Unicode.Scalar]) {
        self.shownWidth = shownWidth ?? 0
        isHeaderBegun = shownWidth != nil
        alignments = Self.cells(of: delimiters).map { cell in
            switch (cell.first == ":", cell.last == ":") {
            case (true, true) where cell.count > 1: .centre
            case (false, true): .right
            default: .left
            }
        }
        rows = [(shownWidth == nil ? [] : [[]]) + Self.cells(of: header)]
        scalarCount = header.count
    }

    /// Whether the first line continues after a cell that has been written already.
    private(set) var isHeaderBegun: Bool

    /// Adds a row.
    ///
    /// Cells beyond those of the delimiter row are joined to the last column's: GFM leaves them out (0.29, 4.10), but
    /// all of an answer has to be shown.
    mutating func append(_ row: [Unicode.Scalar]) {
        var cells = Self.cells(of: row)
        let last = max(0, alignments.count - 1)
        if cells.count > last + 1 { cells = cells[..<last] + [Array(cells[last...].joined(separator: [" "]))] }
        rows.append(cells)
        scalarCount += row.count
    }

    /// Whether the rows that are held should be written now.
    var isLong: Bool { widths != nil || rows.count > Self.longest.rows || scalarCount > Self.longest.scalars }

    /// Returns the lines of the rows that are held, whose widths later rows keep.
    ///
    /// - Parameter columns: the columns that a line may have.
    mutating func takeLines(columns: Int, hasColour: Bool) -> [String] {
        let count = max(1, rows.reduce(0) { max($0, $1.count) })
        let shown = rows
        rows = []
        scalarCount = 0
        let widths = widths ?? self.widths(of: shown, count: count, columns: columns, hasColour: hasColour)
        self.widths = widths
        var lines: [String] = []
        for row in shown {
            let style = hasHeader ? TextStyle(attributes: .bold) : .plain
            lines += self.lines(of: row, style, widths, hasColour: hasColour)
            if hasHeader { lines.append(Self.rule(widths, hasColour: hasColour)) }
            hasHeader = false
            isHeaderBegun = false
        }
        return lines
    }

    private func lines(
        of row: [[Unicode.Scalar]], _ style: TextStyle, _ widths: [Int], hasColour: Bool
    ) -> [String] {
        var cells = row.enumerated().map { TableCell($1, style, columns: widths[$0], hasColour: hasColour) }
        if isHeaderBegun { cells[0] = TableCell(shownWidth: shownWidth) }
        let height = cells.reduce(1) { max($0, $1.rows.count) }
        return (0..<height).map { line in
            var output = StyledOutput(hasColour: hasColour)
            for (column, width) in widths.enumerated() {
                if column > 0 { output.write(Self.separator) }
                let cell = column < cells.count ? cells[column] : nil
                let row = cell.flatMap { line < $0.rows.count ? $0.rows[line] : nil }
                let gap = max(0, width - (row?.width ?? 0))
                let before = isHeaderBegun && column == 0 ? 0 : gapBefore(column, of: gap)
                output.write(Self.space(before))
                output.write(composed: row?.text ?? "")
                if column < widths.count - 1 { output.write(Self.space(gap - before)) }
            }
            output.closeStyle()
            return output.take()
        }
    }

    private func gapBefore(_ column: Int, of gap: Int) -> Int {
        switch column < alignments.count ? alignments[column] : .left {
        case .left: 0
        case .centre: gap / 2
        case .right: gap
        }
    }

    private static func space(_ columns: Int) -> StyledText {
        StyledText(text: String(repeating: " ", count: columns), style: .plain)
    }

    private static func rule(_ widths: [Int], hasColour: Bool) -> String {
        var output = StyledOutput(hasColour: hasColour)
        let line = widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")
        output.write(StyledText(text: line, style: .dim))
        output.closeStyle()
        return output.take()
    }

    /// Widths that fit the line: the natural ones if possible, else the widest columns are narrowed.
    private func widths(
        of rows: [[[Unicode.Scalar]]], count: Int, columns: Int, hasColour: Bool
    ) -> [Int] {
        var natural = Array(repeating: 1, count: count)
        for row in rows {
            for (column, cell) in row.enumerated() {
                let whole = TableCell(cell, .plain, columns: Int(Int16.max), hasColour: hasColour)
                natural[column] = whole.rows.reduce(natural[column]) { max($0, $1.width) }
            }
        }
        natural[0] = max(natural[0], shownWidth)
        let room = columns - Self.separator.width * (count - 1)
        let widths = Self.shares(of: room, natural)
        guard widths[0] < shownWidth else { return widths }
        return [shownWidth] + Self.shares(of: room - shownWidth, Array(natural.dropFirst()))
    }

    private static func shares(of room: Int, _ natural: [Int]) -> [Int] {
        var left = max(natural.count, room)
        var widths = natural
        for (rank, column) in natural.indices.sorted(by: { natural[$0] < natural[$1] }).enumerated() {
            widths[column] = max(1, min(natural[column], left / (natural.count - rank)))
            left -= widths[column]
        }
        return widths
    }

    /// The cells of a row, without the spaces around them; an escaped `|` belongs to its cell.
    static func cells(of row: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var cells: [[Unicode.Scalar]] = []
        var cell: [Unicode.Scalar] = []
        var isEscaped = false
        for scalar in row.first == "|" ? row.dropFirst() : row[...] {
            if scalar == "|", !isEscaped {
                cells.append(trimmed(cell))
                cell.removeAll()
                continue
            }
            if scalar == "|" { cell.removeLast() }
            cell.append(scalar)
            isEscaped = scalar == "\\" && !isEscaped
        }
        let rest = trimmed(cell)
        return rest.isEmpty && !cells.isEmpty ? cells : cells + [rest]
    }

    private static func trimmed(_ cell: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let start = cell.drop { $0 == " " || $0 == "\t" }
        return Array(start.prefix(upTo: (start.lastIndex { $0 != " " && $0 != "\t" } ?? start.startIndex - 1) + 1))
    }
}

/// A cell of a table, wrapped into the rows that fit its column.
private struct TableCell {
    /// A row: its text, with styles, and its columns.
    struct Row {
        let text: String
        let width: Int
    }

    let rows: [Row]

    /// Makes an empty cell in place of one that has been written already.
    ///
    /// - Parameter shownWidth: the columns of that cell.
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
