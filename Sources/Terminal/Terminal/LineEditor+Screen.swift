internal import CLibEdit
internal import TerminalText

/// Draws the text.
extension LineEditor {
    /// What is drawn: the prompt, the text and, in a search, the pattern.
    struct Content {
        let elements: [WideCharacter]
        /// The element that the cursor is on.
        let cursor: Int
    }

    var content: Content {
        guard let search else {
            return Content(elements: promptElements + elements, cursor: promptElements.count + cursor)
        }
        let text = search.found.map { clusters.encode($0) } ?? Array(elements)
        let all = promptElements + text + [0x0A] + clusters.encode(search.label)
        return Content(elements: all, cursor: all.count)
    }

    /// Draws the present text.
    ///
    /// Of a text that is taller than the window, the part around the cursor is visible.
    func draw() {
        let window = window
        var changes = drawnWindow == window ? "" : screen.erase(columns: window.columns, height: window.rows)
        drawnWindow = window
        let content = content
        let layout = layout(of: content, columns: window.columns)
        top = min(max(top, layout.cursor.row - window.rows + 1), layout.cursor.row)
        top = min(top, max(0, layout.rows.count - window.rows))
        let visible = layout.rows[top..<min(top + window.rows, layout.rows.count)]
        changes += screen.show(picture(of: content, layout, visible, top: top))
        if sesh_edit_take_bell(handle.editor) != 0 { changes += "\u{7}" }
        show(changes)
    }

    /// Erases the text, which is then drawn again in the same place.
    func redraw() {
        show(screen.erase(columns: window.columns, height: window.rows))
        drawnWindow = window
    }

    /// Clears the window; the text is then drawn at the top.
    func clearScreen() -> UInt8 {
        show("\u{1B}[H\u{1B}[2J")
        screen.forget()
        return UInt8(SESH_CC_NORM)
    }

    /// Finishes the text and puts the cursor after it; what is drawn next begins on a new row.
    ///
    /// - Parameter isWhole: whether a text that is taller than the window is written whole, so that it is in the
    ///   terminal's scrollback, unless it would fill that.
    func leaveText(isWhole: Bool = false) {
        search = nil
        let window = window
        let content = Content(elements: promptElements + elements, cursor: promptElements.count + elements.count)
        let layout = layout(of: content, columns: window.columns)
        let isTall = layout.rows.count > window.rows
        let isWhole = isWhole && layout.rows.count <= Self.mostRows
        var changes =
            drawnWindow == window && !(isTall && isWhole)
            ? "" : screen.erase(columns: window.columns, height: window.rows)
        let top = isTall && !isWhole ? layout.rows.count - window.rows : 0
        changes += screen.show(picture(of: content, layout, layout.rows[top...], top: top))
        show(changes)
        screen.forget()
        self.top = 0
    }

    /// Less than terminals' scrollback: tmux has 2,000 rows, xterm 1,024.
    private static let mostRows = 1000

    /// Rings the terminal's bell with the next drawing.
    func beep() { sesh_edit_ring(handle.editor) }

    var window: Window {
        let terminal = TerminalDevice(descriptor: options.output)
        return Window(columns: max(2, terminal.columns), rows: max(1, terminal.rows))
    }

    /// The size of the terminal's window.
    struct Window: Equatable {
        var columns: Int
        var rows: Int
    }

    private func layout(of content: Content, columns: Int) -> LineLayout {
        LineLayout(count: content.elements.count, cursor: content.cursor, columns: columns) { index in
            switch content.elements[index] {
            case 0x0A: .lineBreak
            case 0x09: .tab
            case 0x20..<0x7F: .columns(1)
            case let element: .columns(clusters.glyph(for: element).columns)
            }
        }
    }

    private func picture(
        of content: Content, _ layout: LineLayout, _ rows: ArraySlice<LineLayout.Row>, top: Int
    ) -> LineScreen.Picture {
        let drawn = rows.map { row in
            var result = LineScreen.Row(isContinued: row.isContinued)
            var column = 0
            for element in content.elements[row.elements] {
                let isTab = element == 0x09
                let glyph = isTab ? .blank : clusters.glyph(for: element)
                let count = isTab ? min(LineLayout.tabWidth(at: column), layout.columns - column) : 1
                for _ in 0..<count { result.glyphs.append(glyph) }
                column += count * glyph.columns
            }
            return result
        }
        let cursor = LineLayout.Place(row: layout.cursor.row - top, column: layout.cursor.column)
        return LineScreen.Picture(rows: drawn, cursor: cursor, columns: layout.columns)
    }
}
