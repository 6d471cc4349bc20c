/// Finds emphasis, code and links in a line as it arrives (CommonMark 0.31.2, 6).
///
/// Text is written at once while it is certain. From a marker that may open a span, the line is held until the span
/// closes, the line ends or `longestHold` is reached; markers that open nothing are text then. A span never continues
/// on the next line. All work is linear: a scalar is parsed again only after a code span that was not closed, of which
/// a held text has at most one for each length of a run of backticks.
struct InlineParser {
    enum Mode {
        case text
        case run(Unicode.Scalar, count: Int)
        case escape
        case exclamation
        case backticks(Int)
        case code(ticks: Int, closing: Int)
        case bracketEnd
        case destination(LinkDestination)
    }

    let hasColour: Bool
    var base = TextStyle.plain
    var mode = Mode.text
    var pieces: [InlinePiece] = []
    var openers: [InlineDelimiter] = []
    var code: [Unicode.Scalar] = []
    var held = 0
    /// The scalar before the next one, which decides whether a run of delimiters can open or close a span.
    var previous: Unicode.Scalar = " "

    /// The most scalars that are held; sentences in bold are shorter.
    static let longestHold = 1000

    init(hasColour: Bool) { self.hasColour = hasColour }

    /// Whether nothing is held.
    var isIdle: Bool {
        if case .text = mode { openers.isEmpty && pieces.isEmpty } else { false }
    }

    /// Begins a line in a style.
    mutating func begin(_ base: TextStyle) {
        self.base = base
        previous = " "
    }

    /// Parses a scalar of the line.
    mutating func feed(_ scalar: Unicode.Scalar, into wrapper: inout WordWrapper) {
        step(scalar, &wrapper)
        if case .text = mode, openers.isEmpty, !pieces.isEmpty { flush(into: &wrapper) }
        if held > Self.longestHold { giveUp(&wrapper) }
    }

    /// Ends the line.
    ///
    /// - Parameter isFinal: whether the text ends too; if not, a backslash at the end is a line break.
    mutating func end(isFinal: Bool, into wrapper: inout WordWrapper) {
        while true {
            switch mode {
            case .text:
                flush(into: &wrapper)
                return
            case .escape:
                mode = .text
                if isFinal { literal("\\", &wrapper) }
            case .code(let ticks, let closing) where ticks == closing: closeCode(ticks, &wrapper)
            case .code(let ticks, let closing): reopen(ticks, closing, &wrapper)
            default: resolve(before: "\n", &wrapper)
            }
        }
    }

    /// Stops holding: what was held is text.
    private mutating func giveUp(_ wrapper: inout WordWrapper) {
        switch mode {
        case .code(let ticks, let closing):
            flush(into: &wrapper)
            reopen(ticks, closing, &wrapper)
        case .destination:
            resolve(before: "\n", &wrapper)
            flush(into: &wrapper)
        default: flush(into: &wrapper)
        }
    }

    // MARK: One scalar

    private mutating func step(_ scalar: Unicode.Scalar, _ wrapper: inout WordWrapper) {
        switch mode {
        case .text: begin(scalar, &wrapper)
        case .run(scalar, let count): mode = .run(scalar, count: count + 1)
        case .backticks(let count) where scalar == "`": mode = .backticks(count + 1)
        case .backticks(let count):
            mode = .code(ticks: count, closing: 0)
            held += count
            step(scalar, &wrapper)
        case .code(let ticks, let closing): codeStep(scalar, ticks, closing, &wrapper)
        case .exclamation where scalar == "[":
            mode = .text
            open("[", ["!", "["], &wrapper)
        case .bracketEnd where scalar == "(" && openers.contains { $0.character == "[" }:
            mode = .destination(LinkDestination())
        case .destination(var destination):
            switch destination.take(scalar) {
            case .goesOn:
                mode = .destination(destination)
                held += 1
            case .isComplete: closeLink(destination.scalars)
            case .isNone:
                resolve(before: scalar, &wrapper)
                begin(scalar, &wrapper)
            }
        case .escape: escaped(scalar, &wrapper)
        case .run, .exclamation, .bracketEnd:
            resolve(before: scalar, &wrapper)
            begin(scalar, &wrapper)
        }
    }

    private mutating func begin(_ scalar: Unicode.Scalar, _ wrapper: inout WordWrapper) {
        switch scalar {
        case "*", "_", "~": mode = .run(scalar, count: 1)
        case "`": mode = .backticks(1)
        case "\\": mode = .escape
        case "!": mode = .exclamation
        case "[": open("[", ["["], &wrapper)
        case "]" where !openers.isEmpty: mode = .bracketEnd
        default: literal(scalar, &wrapper)
        }
    }

    /// Ends what is pending before a scalar that does not continue it.
    private mutating func resolve(before next: Unicode.Scalar, _ wrapper: inout WordWrapper) {
        let pending = mode
        mode = .text
        switch pending {
        case .run(let character, let count): endRun(character, count, before: next, &wrapper)
        case .exclamation: literal("!", &wrapper)
        case .backticks(let count): for _ in 0..<count { literal("`", &wrapper) }
        case .bracketEnd:
            dropBracket()
            literal("]", &wrapper)
        case .destination(let destination):
            dropBracket()
            for scalar in ["]", "("] + destination.scalars { literal(scalar, &wrapper) }
        case .text, .escape, .code: break
        }
    }

    private mutating func escaped(_ scalar: Unicode.Scalar, _ wrapper: inout WordWrapper) {
        mode = .text
        switch scalar {
        // Models write formulas as \( … \) and \[ … \] more often than they escape a bracket.
        case "(", ")", "[", "]":
            literal("\\", &wrapper)
            literal(scalar, &wrapper)
        case "!"..."/", ":"..."@", "^"..."`", "{"..."~", "\\": literal(scalar, &wrapper)
        default:
            literal("\\", &wrapper)
            begin(scalar, &wrapper)
        }
    }

    /// Adds a scalar as text.
    mutating func literal(_ scalar: Unicode.Scalar, _ wrapper: inout WordWrapper) {
        previous = scalar
        guard let last = pieces.indices.last else { return wrapper.put(scalar, base) }
        held += 1
        if pieces[last].kind == .text {
            pieces[last].scalars.append(scalar)
        } else {
            pieces.append(InlinePiece(kind: .text, scalars: [scalar]))
        }
    }

    private mutating func open(
        _ character: Unicode.Scalar, _ scalars: [Unicode.Scalar], _ wrapper: inout WordWrapper
    ) {
        openers.append(InlineDelimiter(character: character, piece: pieces.count))
        pieces.append(InlinePiece(kind: .delimiter, scalars: scalars))
        held += scalars.count
        previous = character
    }

    private mutating func endRun(
        _ character: Unicode.Scalar, _ count: Int, before next: Unicode.Scalar, _ wrapper: inout WordWrapper
    ) {
        let flanking = Flanking(character, between: previous, and: next)
        // A single tilde means "about" more often than strikethrough.
        let isDelimiter = character != "~" || count == 2
        let closes = isDelimiter && flanking.canClose && openers.contains { $0.character == character }
        let opens = isDelimiter && flanking.canOpen
        guard closes || opens else {
            for _ in 0..<count { literal(character, &wrapper) }
            return
        }
        previous = character
        held += count
        pieces.append(
            InlinePiece(kind: .delimiter, scalars: Array(repeating: character, count: count)))
        let isBoth = flanking.canOpen && flanking.canClose
        var remaining = count
        if closes { remaining = closeSpans(character, count, isBoth: isBoth) }
        if opens, remaining > 0 {
            openers.append(
                InlineDelimiter(character: character, piece: pieces.count - 1, length: count, isClosing: isBoth))
        }
    }
}

/// A delimiter that may open a span: a run of `*`, `_` or `~`, a `[` or a `![`.
struct InlineDelimiter {
    /// The character; `[` for images too.
    let character: Unicode.Scalar
    /// The index of its piece.
    let piece: Int
    /// Its original number of characters.
    var length = 1
    /// Whether it can also close a span.
    var isClosing = false

    /// Whether a run of the same character can't close it, by the "multiple of 3" rule (CommonMark 0.31.2, 6.2, rule
    /// 9).
    ///
    /// - Parameters:
    ///   - count: the length of the closing run.
    ///   - isBoth: whether the closing run can also open a span.
    func isAmbiguous(before count: Int, isBoth: Bool) -> Bool {
        (isClosing || isBoth) && (length + count) % 3 == 0 && (length % 3 != 0 || count % 3 != 0)
    }
}
