/// Code blocks between fences (CommonMark 0.31, section 4.5).
enum FencedCode {
    /// The contents of the blocks of a text, in order, each without its fences; one that is not closed goes to the end.
    static func blocks(in text: String) -> [String] {
        var blocks: [String] = []
        var open: (fence: Fence, lines: [Substring])?
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if let (fence, lines) = open {
                if fence.isClosed(by: line) {
                    blocks.append(lines.joined(separator: "\n"))
                    open = nil
                } else {
                    open = (fence, lines + [line.dropIndent(fence.indent)])
                }
            } else if let fence = Fence(line) {
                open = (fence, [])
            }
        }
        if let open { blocks.append(open.lines.joined(separator: "\n")) }
        return blocks
    }

    /// The line that opens a block.
    private struct Fence {
        let mark: Character
        let length: Int
        let indent: Int

        init?(_ line: Substring) {
            indent = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indent)
            guard indent < 4, let mark = rest.first, mark == "`" || mark == "~" else { return nil }
            length = rest.prefix { $0 == mark }.count
            self.mark = mark
            // What follows backticks on the line must have none, or the line would be code within words.
            guard length >= 3, mark == "~" || !rest.dropFirst(length).contains("`") else { return nil }
        }

        func isClosed(by line: Substring) -> Bool {
            let indent = line.prefix { $0 == " " }.count
            let rest = line.dropFirst(indent)
            let marks = rest.prefix { $0 == mark }.count
            return indent < 4 && marks >= length && rest.dropFirst(marks).allSatisfy { $0 == " " || $0 == "\t" }
        }
    }
}

extension Substring {
    /// The line without so many of the spaces that it begins with.
    fileprivate func dropIndent(_ count: Int) -> Substring { dropFirst(Swift.min(count, prefix { $0 == " " }.count)) }
}
