/// Tables (GFM 4.10). One begins with a row that begins with `|`: another could not be told from text in time.
extension BlockParser {
    /// Scalars of a row held at most; a longer one is text.
    private static let longestRow = 16_384

    mutating func tableStep(_ scalar: Unicode.Scalar) {
        held.append(scalar)
        switch phase {
        case .delimiterRow:
            switch scalar {
            case "|", ":", "-", " ", "\t": if held.count <= Self.longestStart { return }
            default: break
            }
            let line = held
            headerIsText()
            held.removeAll(keepingCapacity: true)
            phase = .lineStart
            feedAgain(line)
        default:
            guard held.count > Self.longestRow else { return }
            closeTable()
            heldIsText()
        }
    }

    mutating func endOfRow() {
        switch phase {
        case .headerRow: header = held
        case .delimiterRow:
            if let header, held.contains("-") {
                table = Table(header: header, delimiters: held)
                self.header = nil
                isInParagraph = false
            } else {
                let line = held
                headerIsText()
                held.removeAll(keepingCapacity: true)
                phase = .lineStart
                feedAgain(line)
                endLine(isFinal: false)
            }
        default:
            table?.append(held)
            if let isLong = table?.isLong, isLong { writeTable() }
        }
    }

    /// Takes the row that was held as a header as a line of text.
    mutating func headerIsText() {
        guard let row = header else { return }
        header = nil
        let line = (phase, held)
        held = row
        heldIsText()
        inline.end(isFinal: false, into: &wrapper)
        wrapper.endLine()
        (phase, held) = line
    }

    /// Writes what is left of the table.
    mutating func closeTable() {
        if header != nil { headerIsText() }
        guard table != nil else { return }
        writeTable()
        table = nil
    }

    private mutating func writeTable() {
        guard var table else { return }
        let room = wrapper.columns - LinePrefix(containers, columns: wrapper.columns).width
        for line in table.takeLines(columns: room, hasColour: hasColour) {
            beginLine()
            wrapper.put(composed: line)
        }
        self.table = table
    }
}
