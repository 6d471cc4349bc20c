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
