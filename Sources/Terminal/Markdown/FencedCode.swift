/// The fenced code blocks of a text.
package enum FencedCode {
    /// The contents of the blocks, in order, without their fences; a block that is not closed extends to the end.
    ///
    /// - Parameter text: Markdown.
    package static func blocks(in text: String) -> [String] {
        var blocks: [String] = []
        var open: (fence: Fence, lines: [Substring])?
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            let indent = line.prefix { $0 == " " }.count
            let rest = line.unicodeScalars.dropFirst(indent)
            if let (fence, lines) = open {
                if fence.isClosed(by: rest, indent: indent) {
                    blocks.append(lines.joined(separator: "\n"))
                    open = nil
                } else {
                    open = (fence, lines + [line.dropFirst(min(fence.indent, indent))])
                }
            } else if let fence = Fence(rest, indent: indent) {
                open = (fence, [])
            }
        }
        if let open { blocks.append(open.lines.joined(separator: "\n")) }
        return blocks
    }
}

/// The line that opens a fenced code block (CommonMark 0.31.2, 4.5).
struct Fence {
    let character: Unicode.Scalar
    let length: Int
    /// The indentation of the opening fence, which is removed from the lines of code.
    let indent: Int

    /// Parses a line.
    ///
    /// - Parameters:
    ///   - line: the line after its indentation.
    ///   - indent: the columns of indentation.
    /// - Returns: nil if the line does not open a block.
    init?(_ line: some Collection<Unicode.Scalar>, indent: Int) {
        guard indent < 4, let mark = line.first, mark == "`" || mark == "~" else { return nil }
        length = line.prefix { $0 == mark }.count
        (character, self.indent) = (mark, indent)
        // With another backtick, the line would have a code span.
        guard length >= 3, mark == "~" || !line.dropFirst(length).contains("`") else { return nil }
    }

    /// Whether a line ends the block.
    ///
    /// - Parameters:
    ///   - line: the line after its indentation.
    ///   - indent: the columns of indentation.
    func isClosed(by line: some Collection<Unicode.Scalar>, indent: Int) -> Bool {
        let marks = line.prefix { $0 == character }.count
        return indent < 4 && marks >= length && line.dropFirst(marks).allSatisfy { $0 == " " || $0 == "\t" }
    }
}
