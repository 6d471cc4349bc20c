/// The beginnings of lines.
extension BlockParser {
    mutating func lineStartStep(_ scalar: Unicode.Scalar) {
        switch scalar {
        case " ": indent += 1
        case "\t": indent += 4 - indent % 4
        case _ where fence != nil: codeLineStart(scalar)
        default: firstCharacter(scalar)
        }
    }

    /// Matches the open containers that the line is in.
    ///
    /// - Returns: whether the character was one of their markers.
    private mutating func matchContainers(_ scalar: Unicode.Scalar) -> Bool {
        while matched < containers.count {
            let container = containers[matched]
            if container.isQuote {
                guard scalar == ">", indent <= 3 else { return false }
                matched += 1
                phase = .afterMarker(spaces: 0)
                return true
            }
            guard indent >= container.leastIndent else { return false }
            indent -= min(indent, container.width)
            matched += 1
        }
        return false
    }

    private mutating func firstCharacter(_ scalar: Unicode.Scalar) {
        if matchContainers(scalar) { return }
        if header != nil {
            if matched == containers.count, scalar == "|" || scalar == "-" || scalar == ":" {
                return hold(scalar, for: .delimiterRow)
            }
            headerIsText()
        }
        closeUnmatched()
        if table != nil { return hold(scalar, for: .bodyRow) }
        if indent >= 4, !isInList {
            if isInParagraph { return startText(scalar) }
            phase = .indentedCode
            beginLine()
            for _ in 4..<indent { wrapper.putVerbatim(" ", .plain) }
            return wrapper.putVerbatim(scalar, .plain)
        }
        beginBlock(scalar)
    }

    private mutating func beginBlock(_ scalar: Unicode.Scalar) {
        switch scalar {
        case ">" where containers.count < Container.deepest:
            isInParagraph = false
            containers.append(Container())
            matched = containers.count
            indent = 0
            phase = .afterMarker(spaces: 0)
        case "-" where allowsRule, "*" where allowsRule, "_" where allowsRule: hold(scalar, for: .rule)
        case "=" where isInParagraph: hold(scalar, for: .rule)
        case "-", "*", "+": hold(scalar, for: .bullet)
        case "0"..."9": hold(scalar, for: .ordered)
        case "#": hold(scalar, for: .headingStart)
        case "`", "~": hold(scalar, for: .fenceStart)
        case "|": hold(scalar, for: .headerRow)
        case "[" where containers.last.map({ !$0.isShown && !$0.isQuote }) == true: hold(scalar, for: .task)
        default: startText(scalar)
        }
    }

    private mutating func hold(_ scalar: Unicode.Scalar, for next: Phase) {
        held.append(scalar)
        phase = next
    }

    private mutating func startText(_ scalar: Unicode.Scalar) {
        held.append(scalar)
        heldIsText()
    }

    /// Parses what is held, with one more scalar, as text.
    mutating func isText(with scalar: Unicode.Scalar) {
        held.append(scalar)
        heldIsText()
    }

    /// Parses again scalars that were held.
    mutating func feedAgain(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars { feed(scalar) }
    }

    // MARK: Quotes and list items

    /// Skips the spaces that belong to a marker: one after `>`, up to four after that of an item.
    mutating func afterMarkerStep(_ scalar: Unicode.Scalar, _ spaces: Int) {
        if containers[matched - 1].isQuote {
            phase = .lineStart
            if scalar != " " { feed(scalar) }
        } else if scalar == " " || scalar == "\t" {
            phase = .afterMarker(spaces: spaces + 1)
        } else {
            containers[matched - 1].width += spaces <= 4 ? spaces : 1
            indent = 0
            phase = .lineStart
            feed(scalar)
        }
    }

    /// Begins an item of a list; the next scalar is the one after the marker and a space.
    private mutating func beginItem(marker: String, length: Int) {
        isInParagraph = false
        let least = min(indent + length + 1, indent + 2)
        containers.append(Container(marker: marker, width: indent + length, leastIndent: least))
        matched = containers.count
        indent = 0
        held.removeAll(keepingCapacity: true)
        phase = .afterMarker(spaces: 1)
    }

    private mutating func beginBullet() {
        let level = containers.count { !$0.isQuote }
        beginItem(marker: ["•", "◦", "▪"][min(level, 2)], length: 1)
    }

    /// Whether an item is allowed here.
    private var canBeginItem: Bool { containers.count < Container.deepest }

    mutating func bulletStep(_ scalar: Unicode.Scalar) {
        guard scalar == " " || scalar == "\t", canBeginItem else { return isText(with: scalar) }
        beginBullet()
    }

    mutating func orderedStep(_ scalar: Unicode.Scalar) {
        let hasPoint = held.last == "." || held.last == ")"
        switch scalar {
        case "0"..."9" where !hasPoint && held.count < 9: held.append(scalar)
        case ".", ")":
            if hasPoint { isText(with: scalar) } else { held.append(scalar) }
        case " ", "\t":
            // "… in\n2020. Then" is a sentence; within a paragraph only 1 begins a list.
            let isFirst = held.dropLast() == ["1"]
            guard hasPoint, canBeginItem, isFirst || !isInParagraph || isInList else { return isText(with: scalar) }
            var marker = String.UnicodeScalarView()
            marker.append(contentsOf: held)
            beginItem(marker: String(marker), length: held.count)
        default: isText(with: scalar)
        }
    }

    /// Ends a line that has only a marker: an empty item.
    mutating func endOfMarker() {
        let isMarker = held.last == "-" || held.last == "*" || held.last == "+" || held.last == "." || held.last == ")"
        guard isMarker, held.count > 1 || !("0"..."9").contains(held[0]), !isInParagraph || isInList else {
            return heldIsText()
        }
        feed(" ")
        if case .afterMarker = phase { endOfBlankLine() }
    }

    mutating func taskStep(_ scalar: Unicode.Scalar) {
        held.append(scalar)
        switch (held.count, scalar) {
        case (2, " "), (2, "x"), (2, "X"), (3, "]"): return
        case (4, " "):
            containers[containers.count - 1].marker = held[1] == " " ? "☐" : "☑"
            held.removeAll(keepingCapacity: true)
            phase = .lineStart
        default: heldIsText()
        }
    }

    // MARK: Rules

    /// Holds scalars that may be a thematic break, the underline of a heading, or the marker of an item.
    mutating func ruleStep(_ scalar: Unicode.Scalar) {
        let marker = held[0]
        if scalar == marker || (scalar == " " || scalar == "\t"), held.count < Self.longestStart {
            return held.append(scalar)
        }
        isNoRule(with: [scalar])
    }

    private mutating func isNoRule(with rest: [Unicode.Scalar]) {
        let line = held + rest
        let isItem = (line[0] == "-" || line[0] == "*") && line.count > 1 && (line[1] == " " || line[1] == "\t")
        guard isItem, canBeginItem else {
            held = line
            return heldIsText()
        }
        allowsRule = false
        beginBullet()
        feedAgain(line[2...])
    }

    mutating func endOfRule() {
        let count = held.count { $0 == held[0] }
        let isUnderline = isInParagraph && (held[0] == "-" || held[0] == "=") && held.count == count
        if count >= 3 || isUnderline && count == 2 {
            isInParagraph = false
            beginLine()
            let line = held[0] == "=" ? "═" : "─"
            return wrapper.putVerbatim(
                StyledText(text: String(repeating: line, count: min(wrapper.room, Self.longestRule)), style: .dim))
        }
        let isItem = (held[0] == "-" || held[0] == "*") && (count == 1 || held[1] == " ")
        guard isItem, canBeginItem, !isInParagraph || isInList else { return heldIsText() }
        let rest = held.dropFirst()
        allowsRule = false
        beginBullet()
        feedAgain(rest)
        endLine(isFinal: false)
    }

    /// The most columns of a thematic break.
    static let longestRule = 60
}
