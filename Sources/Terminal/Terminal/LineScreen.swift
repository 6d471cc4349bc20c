/// The part of the terminal that a line is drawn on: its content, and the bytes that change it.
///
/// libedit's own redisplay counts columns by `wcwidth` and loses its position when a text is taller than the window, so
/// its output is discarded (see `sesh_edit_open`). This one rewrites the rest of each row that has changed, and sets
/// the cursor's column wherever terminals may disagree. ECMA-48: CUU, CUD, CHA, EL and ED.
struct LineScreen {
    /// The content of a row.
    struct Row: Equatable {
        var glyphs: [LineGlyph] = []
        var isContinued = false

        var columns: Int { glyphs.reduce(0) { $0 + $1.columns } }
    }

    /// The visible rows, at most as many as the window has.
    struct Picture {
        var rows: [Row]
        var cursor: LineLayout.Place
        /// The width of the window.
        var columns: Int
    }

    /// A row on the terminal.
    private struct Drawn {
        var glyphs: [LineGlyph] = []
        /// The columns that may not be blank.
        var ink = 0
    }

    private var rows: [Drawn] = []
    private var place = LineLayout.Place()
    private var columns = 0
    private var bytes = ""

    /// Begins again: the terminal's cursor is at the beginning of an empty row.
    mutating func forget() { self = LineScreen() }

    /// Returns the bytes that make the terminal show a picture.
    mutating func show(_ picture: Picture) -> String {
        columns = picture.columns
        for index in picture.rows.indices { update(index, in: picture.rows) }
        if rows.count > picture.rows.count {
            move(to: LineLayout.Place(row: picture.rows.count, column: 0))
            bytes += "\u{1B}[J"
            rows.removeLast(rows.count - picture.rows.count)
        }
        move(to: picture.cursor)
        defer { bytes = "" }
        return bytes
    }

    /// Returns the bytes that erase the picture, in a window whose width may have changed.
    ///
    /// When the width changes, terminals wrap their content again, and the cursor stays with its text.
    ///
    /// - Parameters:
    ///   - columns: the present width of the window.
    ///   - height: its rows; rows above its top can't be erased.
    mutating func erase(columns: Int, height: Int) -> String {
        let above = min(rowsAbove(columns: max(2, columns)), height - 1)
        forget()
        // Not ED from the window's first position: terminals such as tmux would move the rows to their scrollback.
        return "\r" + (above > 0 ? "\u{1B}[\(above)A" : "") + "\u{1B}7\u{1B}[K\u{1B}[B\u{1B}[J\u{1B}8"
    }

    private func rowsAbove(columns: Int) -> Int {
        guard columns != self.columns else { return place.row }
        var (row, column) = (0, 0)
        for (index, drawn) in rows.prefix(place.row + 1).enumerated() {
            var left = index == place.row ? place.column : Int.max
            for glyph in drawn.glyphs where left > 0 {
                if column + glyph.columns > columns { (row, column) = (row + 1, 0) }
                column += glyph.columns
                left -= glyph.columns
            }
            if index < place.row, drawn.ink < self.columns { (row, column) = (row + 1, 0) }
        }
        return row + (column >= columns ? 1 : 0)
    }

    private mutating func update(_ index: Int, in picture: [Row]) {
        let glyphs = picture[index].glyphs
        if index >= rows.count {
            move(to: LineLayout.Place(row: index, column: 0))
        }
        let shown = rows.indices.contains(index) ? rows[index] : Drawn()
        let same = zip(shown.glyphs, glyphs).prefix { $0 == $1 }.count
        guard same < glyphs.count || shown.glyphs.count > same || shown.ink > picture[index].columns else { return }
        let start = glyphs.prefix(same).reduce(0) { $0 + $1.columns }
        move(to: LineLayout.Place(row: index, column: start))
        for glyph in glyphs[same...] { put(glyph) }
        if place.column < columns, shown.ink > place.column || glyphs.last?.isPlain == false { bytes += "\u{1B}[K" }
        rows[index] = Drawn(glyphs: glyphs, ink: place.column)
        if picture[index].isContinued, place.column >= columns, index + 1 < picture.count {
            wrap(into: index + 1, beginningWith: picture[index + 1].glyphs.first)
        }
    }

    /// Continues on the next row by writing, so that the terminal knows both as one line for copying and wrapping.
    private mutating func wrap(into index: Int, beginningWith first: LineGlyph?) {
        let glyph = first ?? .blank
        let before = index < rows.count ? rows[index] : Drawn()
        bytes += glyph.text
        place = LineLayout.Place(row: index, column: glyph.columns)
        if index >= rows.count { rows.append(Drawn()) }
        rows[index] = Drawn(glyphs: first.map { [$0] } ?? [], ink: max(before.ink, glyph.columns))
        if !glyph.isPlain || first == nil { moveInRow(to: first == nil ? 0 : glyph.columns) }
    }

    private mutating func put(_ glyph: LineGlyph) {
        bytes += glyph.text
        place.column += glyph.columns
        if !glyph.isPlain, place.column < columns { moveInRow(to: place.column) }
    }

    private mutating func move(to target: LineLayout.Place) {
        if target.row < place.row {
            bytes += "\u{1B}[\(place.row - target.row)A"
            place = LineLayout.Place(row: target.row, column: columns)
        } else if target.row > place.row {
            bytes += "\r" + String(repeating: "\n", count: target.row - place.row)
            place = LineLayout.Place(row: target.row, column: 0)
        }
        while rows.count <= target.row { rows.append(Drawn()) }
        if place.column != target.column || place.column >= columns { moveInRow(to: target.column) }
    }

    private mutating func moveInRow(to column: Int) {
        bytes += column == 0 ? "\r" : "\u{1B}[\(column + 1)G"
        place.column = column
    }
}
