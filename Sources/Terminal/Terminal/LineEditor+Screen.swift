internal import CLibEdit

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Where the text is on the screen.
///
/// libedit can draw the line from where it believes the cursor to be, or anew from where the cursor is, but has no call
/// to find the beginning again after the window has changed or something was written between.
extension LineEditor {
    /// Draws the line anew in its place, at the window's present width.
    func redraw() {
        let layout = layout(upTo: cursor)
        // The terminal has wrapped what was drawn to its new width already; what is above its top is out of reach.
        let above = min(layout.row, window.rows - 1)
        show("\r" + (above > 0 ? "\u{1B}[\(above)A" : "") + "\u{1B}[J")
        drawAnew()
    }

    /// Draws the line where the cursor is, which is the left of an empty row.
    func drawAnew() {
        el_resize(line)
        sesh_edit_refresh(line)
    }

    /// Puts the terminal's cursor behind the text, so that nothing of it is written over.
    func moveBehindText() {
        let (present, end) = (layout(upTo: cursor), layout(upTo: elements.count))
        let down = end.row - present.row
        show(
            (down > 0 ? "\u{1B}[\(down)B" : "") + "\r" + (end.column > 0 ? "\u{1B}[\(end.column)C" : ""))
    }

    var window: (columns: Int, rows: Int) {
        let terminal = TerminalDevice(descriptor: options.output)
        return (terminal.columns, terminal.rows)
    }

    private func layout(upTo index: Int) -> LineLayout {
        var layout = LineLayout(columns: window.columns)
        layout.advance(past: promptElements)
        layout.advance(past: elements.prefix(index))
        return layout
    }
}
