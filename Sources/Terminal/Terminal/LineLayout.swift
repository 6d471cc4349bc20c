internal import CLibEdit

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where libedit puts what it draws, counted from the beginning of the prompt.
///
/// libedit knows but does not tell, and forgets it when the window's width changes.
struct LineLayout: Equatable {
    /// The width of the window.
    let columns: Int
    /// The rows above the present one.
    private(set) var row = 0
    /// The columns left of the present place.
    private(set) var column = 0

    /// Begins at the left of a row.
    init(columns: Int) { self.columns = max(2, columns) }

    /// Goes past elements, as libedit draws them (refresh.c, re_addc; chartype.c, ct_visual_char).
    mutating func advance(past elements: some Sequence<wchar_t>) {
        for element in elements {
            switch element {
            case 0x0A: (row, column) = (row + 1, 0)
            case 0x09:
                repeat { put(1) } while column % 8 != 0
            case 0..<0x20, 0x7F: for _ in 0..<2 { put(1) }
            default:
                switch Int(sesh_character_columns(element)) {
                case 0...: put(Int(sesh_character_columns(element)))
                // \U+XXXX
                default: for _ in 0..<(element > 0xFFFF ? 8 : 7) { put(1) }
                }
            }
        }
    }

    private mutating func put(_ width: Int) {
        // What does not fit any more begins the next row.
        if column + width > columns { (row, column) = (row + 1, 0) }
        column += width
        if column >= columns { (row, column) = (row + 1, 0) }
    }
}
