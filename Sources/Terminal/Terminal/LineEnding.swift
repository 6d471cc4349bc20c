/// What Enter does to the text that has been typed.
///
/// A line that ends in `\` goes on, and `"""` at the beginning opens a block that goes on until a line ends in `"""`.
/// Only what was typed counts: in pasted or recalled text both are just characters.
enum LineEnding: Equatable {
    /// The text is complete.
    case complete(String, isBlock: Bool)
    /// Another line begins.
    case lineBreak
    /// Another line begins in the place of the backslash at the end.
    case lineBreakForBackslash

    /// Decides.
    ///
    /// - Parameters:
    ///   - text: everything that has been typed since the prompt.
    ///   - isStartTyped: whether the beginning was typed.
    ///   - isEndTyped: whether the end was typed.
    init(_ text: String, isStartTyped: Bool = true, isEndTyped: Bool = true) {
        // Bytes: a combining mark after it would hide a quotation mark from a comparison of characters.
        let bytes = text.utf8
        let mark = Self.mark.utf8
        if isStartTyped, bytes.starts(with: mark) {
            let isClosed = isEndTyped && bytes.count >= 2 * mark.count && bytes.suffix(mark.count).elementsEqual(mark)
            self = isClosed ? .complete(Self.contents(ofBlock: bytes), isBlock: true) : .lineBreak
        } else if isEndTyped, !bytes.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count.isMultiple(of: 2) {
            // Two are a backslash at the end, as in a shell.
            self = .lineBreakForBackslash
        } else {
            self = .complete(text, isBlock: false)
        }
    }

    private static let mark = "\"\"\""

    /// The text between the marks, without the line breaks that set them apart from it.
    private static func contents(ofBlock bytes: String.UTF8View) -> String {
        var contents = bytes.dropFirst(mark.utf8.count).dropLast(mark.utf8.count)
        if contents.first == 0x0A { contents = contents.dropFirst() }
        if contents.last == 0x0A { contents = contents.dropLast() }
        return String(Substring(contents))
    }
}
