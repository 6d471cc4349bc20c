/// Where the elements of a text are on a screen of some width, counted from the beginning of the first.
///
/// A row that is full goes on in the next one, so that the cursor always has a place behind it.
struct LineLayout: Equatable {
    /// A row of the screen.
    struct Row: Equatable {
        /// The elements in it, without the line break at its end.
        var elements: Range<Int>
        /// Whether it is full and the next row is the same line.
        var isContinued = false
    }

    /// A place on the screen.
    struct Place: Equatable {
        var row = 0
        var column = 0
    }

    /// The width of the window, at least 2.
    let columns: Int
    /// The rows, of which there is always one.
    private(set) var rows: [Row] = []
    /// Where the cursor is.
    private(set) var cursor = Place()

    private static let tabStop = 8

    /// Lays elements out.
    ///
    /// - Parameters:
    ///   - count: how many there are.
    ///   - cursor: the element that the cursor is on, or `count` behind the last one.
    ///   - columns: the width of the window.
    ///   - measure: what kind of thing an element is.
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

    /// What an element takes on the screen.
    enum Extent {
        /// Columns, at least 1.
        case columns(Int)
        /// What is left to the next of the stops that are 8 columns apart.
        case tab
        /// The rest of the row.
        case lineBreak
    }

    /// The columns of a tab that begins in a column.
    static func tabWidth(at column: Int) -> Int { tabStop - column % tabStop }
}
