import TerminalText

/// Rows of cells: aligned columns on a terminal, with a heading if there is one, tabs into a pipe.
struct TextTable: Pageable {
    /// The names of the columns; nil for none.
    var heading: [String]?
    /// The cells of each row, as many in each.
    let rows: [[String]]

    /// Writes the table.
    func write(to output: ScreenOutput) throws {
        guard output.isTerminal else {
            return try output.write(rows.map { $0.joined(separator: "\t") + "\n" }.joined())
        }
        guard let columns = rows.first?.indices else { return }
        let cells = rows.map { $0.map(ScreenText.safeLine) }
        let all = (heading.map { [$0] } ?? []) + cells
        let widths = columns.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let parts = zip(cells, widths).map { cell, width in
                cell + String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)))
            }
            return DisplayWidth.truncate(parts.joined(separator: "  "), to: max(20, output.columns))
        }
        let head = heading.map { output.styled(line($0), .bold) + "\n" } ?? ""
        try output.writeComposed(head + cells.map { line($0) + "\n" }.joined())
    }

    /// Whether it fits: each row takes a line.
    func fits(rows: Int, columns: Int) -> Bool { self.rows.count + 1 < rows }
}
