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
            return try output.write(rows.map { $0.map(Self.field).joined(separator: "\t") + "\n" }.joined())
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

    /// A cell for `cut` and `awk`: a tab or line break inside becomes a space.
    static func field(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
    }

    /// Whether it fits: each row takes a line.
    func fits(rows: Int, columns: Int) -> Bool { self.rows.count + 1 < rows }
}
