/// The positions of a text's elements on a screen of some width, from the text's first row.
///
/// A full row is followed by another, so that there is always a position for the cursor after the last element.
struct LineLayout: Equatable {
    /// A row of the screen.
    struct Row: Equatable {
        /// The elements in it, without the line break at its end.
        var elements: Range<Int>
        /// Whether it is full and the next row continues its line.
        var isContinued = false
    }

    /// A position on the screen.
    struct Place: Equatable {
        var row = 0
        var column = 0
    }

    /// The width of the window, at least 2.
    let columns: Int
    /// The rows, at least one.
    private(set) var rows: [Row] = []
    /// The position of the cursor.
    private(set) var cursor = Place()

    private static let tabStop = 8

    /// Lays elements out.
    ///
    /// - Parameters:
    ///   - count: the number of elements.
    ///   - cursor: the index of the cursor's element, or `count` after the last one.
    ///   - columns: the width of the window.
    ///   - measure: the extent of an element.
    init(count: Int, cursor: Int, columns: Int, measure: (Int) -> Extent) {
        self.columns = max(2, columns)
        var (start, column) = (0, 0)
        for index in 0..<count {
            let extent = measure(index)
            if case .columns(let width) = extent, column + width > self.columns, column > 0 {
                rows.append(Row(elements: start..<index))
                (start, column) = (index, 0)
            }
            if index == cursor { self.cursor = Place(row: rows.count, column: column) }
            switch extent {
            case .columns(let width): column += width
            case .tab: column = min(column + Self.tabWidth(at: column), self.columns)
            case .lineBreak:
                rows.append(Row(elements: start..<index))
                (start, column) = (index + 1, 0)
            }
            if column >= self.columns {
                rows.append(Row(elements: start..<index + 1, isContinued: true))
                (start, column) = (index + 1, 0)
            }
        }
        if cursor >= count { self.cursor = Place(row: rows.count, column: column) }
        rows.append(Row(elements: start..<count))
    }

    /// The room of an element on the screen.
    enum Extent {
        /// Columns, at least 1.
        case columns(Int)
        /// The columns up to the next tab stop, of which there is one every 8 columns.
        case tab
        /// The rest of the row.
        case lineBreak
    }

    /// The columns of a tab that begins at a column.
    static func tabWidth(at column: Int) -> Int { tabStop - column % tabStop }
}
