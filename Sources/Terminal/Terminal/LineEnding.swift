/// The effect of Enter on the text.
///
/// A line that ends with `\` continues, and `"""` at the beginning opens a block up to a line that ends with `"""`.
/// Both count only if they were typed, not in pasted or recalled text.
enum LineEnding: Equatable {
    /// The text is complete.
    case complete(String, isBlock: Bool)
    /// Another line begins.
    case lineBreak
    /// Another line begins in place of the backslash at the end.
    case lineBreakForBackslash

    /// Decides.
    ///
    /// - Parameters:
    ///   - text: the whole text after the prompt.
    ///   - isStartTyped: whether the beginning was typed.
    ///   - isEndTyped: whether the end was typed.
    init(_ text: String, isStartTyped: Bool = true, isEndTyped: Bool = true) {
        // On bytes: a quotation mark and a combining mark are another Character.
        let bytes = text.utf8
        let mark = Self.mark.utf8
        if isStartTyped, bytes.starts(with: mark) {
            let isClosed = isEndTyped && bytes.count >= 2 * mark.count && bytes.suffix(mark.count).elementsEqual(mark)
            self = isClosed ? .complete(Self.contents(ofBlock: bytes), isBlock: true) : .lineBreak
        } else if isEndTyped, !bytes.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count.isMultiple(of: 2) {
            // Two backslashes don't continue the line, as in a shell.
            self = .lineBreakForBackslash
        } else {
            self = .complete(text, isBlock: false)
        }
    }

    private static let mark = "\"\"\""

    /// The text between the marks, without the line breaks next to them.
    private static func contents(ofBlock bytes: String.UTF8View) -> String {
        var contents = bytes.dropFirst(mark.utf8.count).dropLast(mark.utf8.count)
        if contents.first == 0x0A { contents = contents.dropFirst() }
        if contents.last == 0x0A { contents = contents.dropLast() }
        return String(Substring(contents))
    }
}
