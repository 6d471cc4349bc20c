/// Colours code as it arrives, token by token.
///
/// One lexer for all languages, driven by a table: it finds words, numbers, strings and comments, and continues strings
/// and comments on the next line where the language does.
struct CodeHighlighter {
    private enum State {
        case start
        case between
        case word
        case longWord
        case number
        case region(SyntaxRegion, closed: Int, isEscaped: Bool)
        case line(TextStyle)
    }

    private let language: SyntaxLanguage?
    private var state = State.start
    private var held: [Unicode.Scalar] = []
    private var previous: Unicode.Scalar = " "

    /// No keyword is longer than this.
    private static let longestWord = 32

    /// Begins a block of code.
    ///
    /// - Parameter language: nil for code that is shown plain.
    init(language: SyntaxLanguage?) { self.language = language }

    /// Parses a scalar of a line.
    mutating func feed(_ scalar: Unicode.Scalar, into wrapper: inout WordWrapper) {
        guard let language else { return wrapper.putVerbatim(scalar, .plain) }
        switch state {
        case .start:
            state = language.lineStyles[scalar].map { .line($0) } ?? .between
            feed(scalar, into: &wrapper)
        case .line(let style): wrapper.putVerbatim(scalar, style)
        case .region(let region, let closed, let isEscaped):
            inside(region, scalar, closed: closed, isEscaped: isEscaped, &wrapper)
        case .word where Self.isWord(scalar):
            held.append(scalar)
            if held.count > Self.longestWord {
                write(.plain, &wrapper)
                state = .longWord
            }
        case .longWord where Self.isWord(scalar): wrapper.putVerbatim(scalar, .plain)
        case .number where Self.isWord(scalar): wrapper.putVerbatim(scalar, SyntaxLanguage.number)
        case .word, .longWord, .number:
            endWord(&wrapper)
            between(scalar, language, &wrapper)
        case .between: between(scalar, language, &wrapper)
        }
    }

    /// Ends a line.
    mutating func endLine(into wrapper: inout WordWrapper) {
        endWord(&wrapper)
        while !held.isEmpty, let language { settle(language, &wrapper) }
        previous = " "
        if case .region(let region, _, _) = state, region.isMultiline {
            state = .region(region, closed: 0, isEscaped: false)
        } else {
            state = .start
        }
    }

    /// Parses a scalar outside of words, strings and comments.
    private mutating func between(_ scalar: Unicode.Scalar, _ language: SyntaxLanguage, _ wrapper: inout WordWrapper) {
        if language.mayBeginRegion(held, then: scalar, after: previous) {
            return held.append(scalar)
        }
        guard held.isEmpty else {
            settle(language, &wrapper)
            return feed(scalar, into: &wrapper)
        }
        if Self.isWord(scalar) {
            if ("0"..."9").contains(scalar) {
                state = .number
                wrapper.putVerbatim(scalar, SyntaxLanguage.number)
            } else {
                state = .word
                held.append(scalar)
            }
        } else {
            wrapper.putVerbatim(scalar, .plain)
        }
        previous = scalar
    }

    /// Decides whether the held scalars begin a string or comment, by the longest opening that they have.
    private mutating func settle(_ language: SyntaxLanguage, _ wrapper: inout WordWrapper) {
        let scalars = held
        held.removeAll(keepingCapacity: true)
        if let region = language.region(beginning: scalars) {
            for scalar in region.opening { wrapper.putVerbatim(scalar, region.style) }
            state = .region(region, closed: 0, isEscaped: false)
            for scalar in scalars.dropFirst(region.opening.count) { feed(scalar, into: &wrapper) }
        } else {
            wrapper.putVerbatim(scalars[0], .plain)
            previous = scalars[0]
            for scalar in scalars.dropFirst() { feed(scalar, into: &wrapper) }
        }
    }

    /// Parses a scalar of a string or comment.
    private mutating func inside(
        _ region: SyntaxRegion, _ scalar: Unicode.Scalar, closed: Int, isEscaped: Bool, _ wrapper: inout WordWrapper
    ) {
        wrapper.putVerbatim(scalar, region.style)
        if region.hasEscapes, scalar == "\\" || isEscaped {
            state = .region(region, closed: 0, isEscaped: !isEscaped)
            return
        }
        let closed = region.closedScalars(after: closed, then: scalar)
        if closed > 0, closed == region.closing.count {
            state = .between
            previous = scalar
        } else {
            state = .region(region, closed: closed, isEscaped: false)
        }
    }

    private mutating func endWord(_ wrapper: inout WordWrapper) {
        switch state {
        case .word:
            let word = String(String.UnicodeScalarView(held))
            previous = held.last ?? " "
            write(language?.style(of: word) ?? .plain, &wrapper)
            state = .between
        case .longWord, .number: state = .between
        default: break
        }
    }

    private mutating func write(_ style: TextStyle, _ wrapper: inout WordWrapper) {
        for scalar in held { wrapper.putVerbatim(scalar, style) }
        held.removeAll(keepingCapacity: true)
    }

    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_": true
        default: scalar.value >= 0x80 && scalar.properties.isXIDContinue
        }
    }
}
