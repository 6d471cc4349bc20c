internal import TerminalText

/// Closes spans, and writes the pieces that are held.
extension InlineParser {
    /// Closes spans by a run of delimiters, which is the last piece.
    ///
    /// - Returns: the number of characters of the run that are left.
    mutating func closeSpans(_ character: Unicode.Scalar, _ count: Int, isBoth: Bool) -> Int {
        var remaining = count
        let closer = pieces.count - 1
        while remaining > 0,
            let place = openers.lastIndex(where: {
                $0.character == character && !$0.isAmbiguous(before: count, isBoth: isBoth)
            })
        {
            let opener = openers[place]
            openers.removeSubrange((place + 1)...)
            let left = pieces[opener.piece].scalars.count
            let length = min(left, remaining, 2)
            var marks = InlineMarks()
            switch (character, length) {
            case ("~", _): marks.struck = 1
            case (_, 2): marks.strong = 1
            default: marks.emphasis = 1
            }
            pieces[opener.piece].begins += marks
            pieces[closer].ends += marks
            // Without styles only the tildes show that the text is struck out.
            if hasColour || character != "~" {
                pieces[opener.piece].scalars.removeLast(length)
                pieces[closer].scalars.removeLast(length)
            }
            remaining -= length
            if left == length { openers.removeLast() }
        }
        return remaining
    }

    /// Makes the innermost bracket text.
    mutating func dropBracket() {
        guard let place = openers.lastIndex(where: { $0.character == "[" }) else { return }
        openers.remove(at: place)
    }

    /// Makes the text since the innermost bracket a link; its address is written after it, unless they are the same.
    mutating func closeLink(_ destination: [Unicode.Scalar]) {
        mode = .text
        guard let place = openers.lastIndex(where: { $0.character == "[" }) else { return }
        let start = openers[place].piece
        openers.removeSubrange(place...)
        let text = pieces[(start + 1)...].flatMap(\.scalars)
        pieces[start].scalars = []
        pieces[start].begins.link += 1
        var address = InlinePiece(kind: .address, scalars: [])
        address.ends.link = 1
        if text != destination {
            address.scalars = (text.isEmpty ? ["("] : [" ", "("]) + destination + [")"]
        }
        pieces.append(address)
        previous = ")"
    }

    /// Parses a scalar of a code span.
    mutating func codeStep(_ scalar: Unicode.Scalar, _ ticks: Int, _ closing: Int, _ wrapper: inout WordWrapper) {
        if scalar == "`" {
            mode = .code(ticks: ticks, closing: closing + 1)
            return
        }
        if closing == ticks {
            closeCode(ticks, &wrapper)
            if openers.isEmpty { flush(into: &wrapper) }
            return feed(scalar, into: &wrapper)
        }
        code.append(contentsOf: repeatElement("`", count: closing))
        code.append(scalar)
        held += closing + 1
        mode = .code(ticks: ticks, closing: 0)
    }

    /// Ends a code span.
    mutating func closeCode(_ ticks: Int, _ wrapper: inout WordWrapper) {
        mode = .text
        var text = code[...]
        code.removeAll()
        // One space on each side only separates backticks in the code from the delimiters.
        if text.count > 2, text.first == " ", text.last == " ", text.contains(where: { $0 != " " }) {
            text = text.dropFirst().dropLast()
        }
        let marks = hasColour ? [] : [Unicode.Scalar](repeating: "`", count: ticks)
        pieces.append(InlinePiece(kind: .code, scalars: marks + text + marks))
        previous = "`"
    }

    /// Makes the backticks that opened a code span text, and parses again what follows them.
    mutating func reopen(_ ticks: Int, _ closing: Int, _ wrapper: inout WordWrapper) {
        mode = .text
        let text = code + repeatElement("`", count: closing)
        code.removeAll()
        for _ in 0..<ticks { literal("`", &wrapper) }
        for scalar in text { feed(scalar, into: &wrapper) }
    }

    /// Writes everything that is held; delimiters that opened nothing are text.
    mutating func flush(into wrapper: inout WordWrapper) {
        var marks = InlineMarks()
        for piece in pieces {
            marks -= piece.ends
            var style = marks.style(over: base)
            switch piece.kind {
            case .code: style.colour = .cyan
            case .address: style.attributes = .dim
            case .text, .delimiter: break
            }
            for scalar in piece.scalars { wrapper.put(scalar, style) }
            marks += piece.begins
        }
        pieces.removeAll(keepingCapacity: true)
        openers.removeAll(keepingCapacity: true)
        held = 0
    }
}
