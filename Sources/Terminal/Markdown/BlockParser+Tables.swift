/// Tables (GFM 4.10).
///
/// A header row that begins with `|` is held. Of other header rows the first cell has been written as text when the `|`
/// arrives: the rest is held, and completes the row if a delimiter row follows.
extension BlockParser {
    /// The most scalars of a row that are held; a longer one is text.
    private static let longestRow = 16_384

    mutating func tableStep(_ scalar: Unicode.Scalar) {
        held.append(scalar)
        switch phase {
        case .delimiterRow:
            switch scalar {
            case "|", ":", "-", " ", "\t": if held.count <= Self.longestStart { return }
            default: break
            }
            headerIsText()
            takeHeldAgain()
        case .restOfHeaderRow:
            guard held.count > Self.longestStart else { return }
            phase = .text
            takeHeldAgain()
        default:
            guard held.count > Self.longestRow else { return }
            closeTable()
            heldIsText()
        }
    }

    /// Holds the rest of a line of text from its first `|` if it may be the header row of a table.
    ///
    /// A first cell of more than half the row's columns is a sentence.
    ///
    /// - Returns: whether the `|` is held.
    mutating func beginRestOfHeaderRow() -> Bool {
        guard inline.isIdle, let width = wrapper.widthOfOnlyRow, width <= wrapper.room / 2 else { return false }
        held = ["|"]
        phase = .restOfHeaderRow
        return true
    }

    mutating func endOfRow() {
        switch phase {
        case .headerRow: header = HeaderRow(scalars: held, isBegun: false)
        case .restOfHeaderRow: header = HeaderRow(scalars: held, isBegun: true)
        case .delimiterRow:
            guard beginTable() else {
                headerIsText()
                takeHeldAgain()
                return endLine(isFinal: false)
            }
        default:
            guard Self.isRow(held) else {
                closeTable()
                takeHeldAgain()
                return endLine(isFinal: false)
            }
            table?.append(held)
            if let isLong = table?.isLong, isLong { writeTable() }
        }
    }

    /// Begins a table with a header and a delimiter row.
    ///
    /// - Returns: false if the rows are not those of a table.
    private mutating func beginTable() -> Bool {
        guard let header, held.contains("-") else { return false }
        guard header.isBegun else {
            self.header = nil
            isInParagraph = false
            table = Table(header: header.scalars, delimiters: held)
            return true
        }
        // A row of dashes alone underlines a heading, so here the cells must match; models that begin rows with `|` may
        // miscount them.
        guard Table.cells(of: held).count == Table.cells(of: header.scalars).count + 1 else { return false }
        self.header = nil
        isInParagraph = false
        inline.end(isFinal: false, into: &wrapper)
        wrapper.endLine()
        table = Table(header: header.scalars, behind: wrapper.widthOfOnlyRow ?? 0, delimiters: held)
        return true
    }

    /// Whether a line below a table is one of its rows: it has a `|`, and does not begin another block.
    private static func isRow(_ line: [Unicode.Scalar]) -> Bool {
        guard let first = line.first, first != "|" else { return true }
        guard Table.cells(of: line).count > 1 else { return false }
        let mark = line.prefix { $0 != " " && $0 != "\t" }
        switch first {
        case ">": return false
        case "#": return !mark.allSatisfy { $0 == "#" }
        case "-", "*", "+": return mark.count > 1
        case "`", "~": return mark.prefix { $0 == first }.count < 3
        case "0"..."9": return !(mark.last == "." || mark.last == ")")
        default: return true
        }
    }

    /// Parses the held header row as a line of text.
    mutating func headerIsText() {
        guard let header else { return }
        self.header = nil
        let line = (phase, held)
        if header.isBegun {
            for scalar in header.scalars { inline.feed(scalar, into: &wrapper) }
        } else {
            held = header.scalars
            heldIsText()
        }
        inline.end(isFinal: false, into: &wrapper)
        wrapper.endLine()
        (phase, held) = line
    }

    /// Parses again what is held of the line, which is not part of a table.
    private mutating func takeHeldAgain() {
        let line = held
        held.removeAll(keepingCapacity: true)
        if case .text = phase {
            for scalar in line { inline.feed(scalar, into: &wrapper) }
        } else {
            phase = .lineStart
            feedAgain(line)
        }
    }

    /// Writes the rest of the table.
    mutating func closeTable() {
        if header != nil { headerIsText() }
        guard table != nil else { return }
        writeTable()
        table = nil
    }

    private mutating func writeTable() {
        guard var table else { return }
        var isBegun = table.isHeaderBegun
        let room = wrapper.columns - LinePrefix(containers, columns: wrapper.columns).width
        for line in table.takeLines(columns: room, hasColour: hasColour) {
            if !isBegun { beginLine() }
            isBegun = false
            wrapper.put(composed: line)
        }
        self.table = table
    }
}

/// A line that is the header row of a table if a delimiter row follows.
struct HeaderRow {
    /// The row from its first `|`.
    let scalars: [Unicode.Scalar]
    /// Whether the row has a cell before that `|`, which has been written already.
    let isBegun: Bool
}
