internal import TerminalText

/// What closes spans, and what becomes of the pieces that were held.
extension InlineParser {
    /// Closes the spans that a run of delimiters closes; the run is the last piece.
    ///
    /// - Returns: how many characters of the run are left.
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
            // Without styles nothing else would show that the text is struck out.
            if hasColour || character != "~" {
                pieces[opener.piece].scalars.removeLast(length)
                pieces[closer].scalars.removeLast(length)
            }
            remaining -= length
            if left == length { openers.removeLast() }
        }
        return remaining
    }

    /// Forgets the innermost bracket: it is text.
    mutating func dropBracket() {
        guard let place = openers.lastIndex(where: { $0.character == "[" }) else { return }
        openers.remove(at: place)
    }

    /// Makes the text since the innermost bracket a link: the address follows it, unless it is the text.
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

    /// Takes a scalar of a code span.
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
        // One space on each side only keeps backticks of the code apart from those around it.
        if text.count > 2, text.first == " ", text.last == " ", text.contains(where: { $0 != " " }) {
            text = text.dropFirst().dropLast()
        }
        let marks = hasColour ? [] : [Unicode.Scalar](repeating: "`", count: ticks)
        pieces.append(InlinePiece(kind: .code, scalars: marks + text + marks))
        previous = "`"
    }

    /// Takes the backticks that opened a code span as text, and what follows them as what it is then.
    mutating func reopen(_ ticks: Int, _ closing: Int, _ wrapper: inout WordWrapper) {
        mode = .text
        let text = code + repeatElement("`", count: closing)
        code.removeAll()
        for _ in 0..<ticks { literal("`", &wrapper) }
        for scalar in text { feed(scalar, into: &wrapper) }
    }

    /// Writes everything that was held; delimiters that opened nothing are text.
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
