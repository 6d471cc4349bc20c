/// The code blocks between fences in a text, as they were written.
package enum FencedCode {
    /// Finds the contents of the blocks, in order, each without its fences; one that is not closed goes to the end.
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
    /// The indentation of the opening fence, which the lines of code have too.
    let indent: Int

    /// Takes a line apart.
    ///
    /// - Parameters:
    ///   - line: what stands behind the indentation.
    ///   - indent: the indentation in columns.
    /// - Returns: nil if the line opens no block.
    init?(_ line: some Collection<Unicode.Scalar>, indent: Int) {
        guard indent < 4, let mark = line.first, mark == "`" || mark == "~" else { return nil }
        length = line.prefix { $0 == mark }.count
        (character, self.indent) = (mark, indent)
        // What follows backticks on the line must have none, or the line would be code within words.
        guard length >= 3, mark == "~" || !line.dropFirst(length).contains("`") else { return nil }
    }

    /// Whether a line ends the block.
    ///
    /// - Parameters:
    ///   - line: what stands behind the indentation.
    ///   - indent: the indentation in columns.
    func isClosed(by line: some Collection<Unicode.Scalar>, indent: Int) -> Bool {
        let marks = line.prefix { $0 == character }.count
        return indent < 4 && marks >= length && line.dropFirst(marks).allSatisfy { $0 == " " || $0 == "\t" }
    }
}
