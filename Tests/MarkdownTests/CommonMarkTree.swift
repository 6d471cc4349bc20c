import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What cmark makes of a text, drawn as the renderer draws it: the oracle of `CommonMarkTests`.
///
/// The tree does not tell how code was fenced; the lines of the text do.
struct CommonMarkTree {
    /// The lines on the screen, without blank ones.
    private(set) var lines: [String] = []
    /// The texts in spans, each with its styles.
    private(set) var spans: [String] = []
    /// Whether there are blocks whose styles are not those of spans.
    private(set) var hasStyledBlocks = false

    private let source: [[Character]]

    /// Draws the tree that `cmark --sourcepos -t xml` printed.
    ///
    /// - Parameters:
    ///   - xml: what it printed.
    ///   - text: what it was given.
    init(xml: Data, of text: String) throws {
        source = text.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
        let reader = Reader()
        let parser = XMLParser(data: xml)
        parser.delegate = reader
        guard parser.parse(), let root = reader.root else {
            throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
        }
        drawBlocks(root.children, first: "", rest: "", depth: 0)
    }

    /// An element of the tree.
    private final class Node {
        let name: String
        let attributes: [String: String]
        var children: [Node] = []
        var text = ""
        init(name: String, attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var root: Node?
        private var open: [Node] = []

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            let node = Node(name: name, attributes: attributes)
            open.last?.children.append(node)
            if root == nil { root = node }
            open.append(node)
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) { open.last?.text += text }
    }

    // MARK: Blocks

    private mutating func drawBlocks(_ blocks: [Node], first: String, rest: String, depth: Int) {
        var prefix = first
        for block in blocks {
            draw(block, first: prefix, rest: rest, depth: depth)
            prefix = rest
        }
        if blocks.isEmpty, first != rest { lines.append(first.trimmedAtTheEnd) }
    }

    private mutating func draw(_ block: Node, first: String, rest: String, depth: Int) {
        switch block.name {
        case "paragraph": put(inline(block.children, style: []), first: first, rest: rest)
        case "heading":
            hasStyledBlocks = true
            let marker = String(repeating: "#", count: Int(block.attributes["level"] ?? "") ?? 1) + " "
            put(marker + inline(block.children, style: []), first: first, rest: rest)
        case "thematic_break": put("───", first: first, rest: rest)
        case "code_block":
            hasStyledBlocks = true
            put(fenced(block), first: first, rest: rest)
        case "html_block": put(block.text, first: first, rest: rest)
        case "block_quote": drawBlocks(block.children, first: first + "│ ", rest: rest + "│ ", depth: depth)
        case "list": drawList(block, first: first, rest: rest, depth: depth)
        default: break
        }
    }

    /// The text of a block of code, between its fences if it has any.
    private func fenced(_ block: Node) -> String {
        let place = (block.attributes["sourcepos"] ?? "").split { $0 == ":" || $0 == "-" }.compactMap { Int($0) }
        guard place.count == 4, place[0] <= source.count else { return block.text }
        let opening = source[place[0] - 1].dropFirst(place[1] - 1)
        guard let character = opening.first, character == "`" || character == "~",
            !block.text.hasPrefix(String(opening) + "\n")
        else { return block.text }
        let last = source[min(place[2], source.count) - 1]
        let indent = last.firstIndex(of: character) ?? 0
        let isClosed =
            place[2] > place[0] && indent - (place[1] - 1) <= 3
            && last.count { $0 == character } >= opening.prefix { $0 == character }.count
        let fence = String(repeating: character, count: 3)
        return fence + "\n" + block.text + (isClosed ? fence : "")
    }

    private mutating func drawList(_ list: Node, first: String, rest: String, depth: Int) {
        var number = Int(list.attributes["start"] ?? "") ?? 1
        let delimiter = list.attributes["delim"] == "paren" ? ")" : "."
        var prefix = first
        for item in list.children {
            let isOrdered = list.attributes["type"] == "ordered"
            let marker = (isOrdered ? "\(number)\(delimiter)" : ["•", "◦", "▪"][min(depth, 2)]) + " "
            let space = String(repeating: " ", count: marker.count)
            drawBlocks(item.children, first: prefix + marker, rest: rest + space, depth: depth + 1)
            number += 1
            prefix = rest
        }
    }

    private mutating func put(_ text: String, first: String, rest: String) {
        var prefix = first
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append((prefix + line).trimmedAtTheEnd)
            prefix = rest
        }
    }

    // MARK: Spans

    private mutating func inline(_ nodes: [Node], style: Set<String>) -> String {
        var text = ""
        for node in nodes {
            switch node.name {
            case "text", "html_inline":
                note(node.text, style)
                text += node.text
            case "code":
                note(node.text, style.union(["code"]))
                text += "`" + node.text + "`"
            case "softbreak", "linebreak": text += "\n"
            case "emph": text += inline(node.children, style: style.union(["emphasis"]))
            case "strong": text += inline(node.children, style: style.union(["strong"]))
            case "link", "image": text += link(node, style: style)
            default: break
            }
        }
        return text
    }

    private mutating func link(_ node: Node, style: Set<String>) -> String {
        let words = inline(node.children, style: style.union(["link"]))
        let address = node.attributes["destination"] ?? ""
        let title = node.attributes["title"].map { $0.isEmpty ? "" : " \"\($0)\"" } ?? ""
        if words == address + title || address == "mailto:" + words { return words }
        return (words.isEmpty ? "" : words + " ") + "(" + address + title + ")"
    }

    private mutating func note(_ text: String, _ style: Set<String>) {
        let visible = text.filter { !$0.isWhitespace }
        guard !style.isEmpty, !visible.isEmpty else { return }
        spans.append(style.sorted().joined(separator: "+") + ":" + visible)
    }
}

extension String {
    /// The text without white space behind it.
    var trimmedAtTheEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
