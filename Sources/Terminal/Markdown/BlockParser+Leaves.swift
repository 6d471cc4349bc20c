/// Headings, code and blank lines.
extension BlockParser {
    /// Ends a line without text.
    mutating func endOfBlankLine() {
        if let item = containers.last, !item.isQuote, !item.isShown { return beginLine() }
        let isInFence = fence != nil && !containers[matched...].contains(where: \.isQuote)
        if header != nil { headerIsText() }
        if isInFence { writeBlankLine() } else { noteBlankLine() }
    }

    // MARK: Headings

    mutating func headingStartStep(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "#" where held.count < 6: held.append(scalar)
        case " ", "\t": beginHeading()
        default: isText(with: scalar)
        }
    }

    mutating func beginHeading() {
        isInParagraph = false
        let level = held.count
        held.removeAll(keepingCapacity: true)
        phase = .heading
        isHeadingEmpty = true
        beginLine()
        if hasColour {
            var style = TextStyle(attributes: .bold)
            if level == 1 { style.attributes.insert(.underlined) }
            if level > 2 { style.attributes.insert(.italic) }
            inline.begin(style)
        } else {
            wrapper.putVerbatim(StyledText(text: String(repeating: "#", count: level) + " ", style: .plain))
            inline.begin(.plain)
        }
    }

    /// Parses a scalar of a heading; a run of `#` after a space is held, since at the end it is not part of the text.
    mutating func headingStep(_ scalar: Unicode.Scalar) {
        let isSpace = scalar == " " || scalar == "\t"
        if isSpace, isHeadingEmpty, held.isEmpty { return }
        if isSpace || scalar == "#" && (isHeadingEmpty || !held.isEmpty), held.count < Self.longestStart {
            return held.append(scalar)
        }
        isHeadingEmpty = false
        for scalar in held { inline.feed(scalar, into: &wrapper) }
        held.removeAll(keepingCapacity: true)
        inline.feed(scalar, into: &wrapper)
    }

    mutating func endHeading() {
        let isClosing = held.contains("#") && held.split(whereSeparator: { $0 == " " || $0 == "\t" }).count == 1
        if !isClosing { for scalar in held { inline.feed(scalar, into: &wrapper) } }
        inline.end(isFinal: true, into: &wrapper)
        wrapper.endLine()
    }

    // MARK: Code

    mutating func fenceStartStep(_ scalar: Unicode.Scalar) {
        let character = held[0]
        let isRun = held.allSatisfy { $0 == character }
        if isRun, scalar != character, held.count < 3 { return isText(with: scalar) }
        // Backticks after the opening run: a code span in a paragraph.
        if !isRun, scalar == "`", character == "`" { return isText(with: scalar) }
        held.append(scalar)
        if held.count > Self.longestStart { heldIsText() }
    }

    mutating func openFence() {
        guard let fence = Fence(held, indent: indent) else { return heldIsText() }
        isInParagraph = false
        beginLine()
        let information = String(String.UnicodeScalarView(held.dropFirst(fence.length)))
        for scalar in held { wrapper.putVerbatim(scalar, .dim) }
        self.fence = fence
        let language = information.split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "#" }.first
        highlighter = CodeHighlighter(
            language: hasColour ? language.flatMap { SyntaxLanguage.named($0.lowercased()) } : nil)
    }

    /// Parses the first character of a line of code that is not white space.
    ///
    /// A line that is indented less than the list item of its block is code as well: models forget to indent it.
    mutating func codeLineStart(_ scalar: Unicode.Scalar) {
        while matched < containers.count {
            let container = containers[matched]
            if container.isQuote {
                guard scalar == ">", indent <= 3 else {
                    fence = nil
                    return feed(scalar)
                }
                matched += 1
                phase = .afterMarker(spaces: 0)
                return
            }
            indent -= min(indent, container.width)
            matched += 1
        }
        guard let fence else { return }
        let isFence = scalar == fence.character && indent <= 3
        indent -= min(indent, fence.indent)
        if isFence {
            held.append(scalar)
            phase = .fenceEnd
        } else {
            beginCode()
            feed(scalar)
        }
    }

    private mutating func beginCode() {
        phase = .code
        beginLine()
        for _ in 0..<indent { wrapper.putVerbatim(" ", .plain) }
    }

    mutating func fenceEndStep(_ scalar: Unicode.Scalar) {
        let isRun = held.last == held[0]
        let isPart = scalar == held[0] && isRun || scalar == " " || scalar == "\t"
        if isPart, held.count < Self.longestStart { return held.append(scalar) }
        heldIsCode()
        feed(scalar)
    }

    private mutating func heldIsCode() {
        let code = held
        held.removeAll(keepingCapacity: true)
        beginCode()
        feedAgain(code)
    }

    mutating func endOfFence() {
        guard let fence, fence.isClosed(by: held, indent: 0) else {
            heldIsCode()
            highlighter.endLine(into: &wrapper)
            return wrapper.endLine()
        }
        self.fence = nil
        beginLine()
        let mark = held.prefix { $0 == fence.character }
        for scalar in mark { wrapper.putVerbatim(scalar, .dim) }
    }
}
