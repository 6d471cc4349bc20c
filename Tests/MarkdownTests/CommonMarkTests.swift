import Foundation
import Testing

/// CommonMark's own examples, each rendered by us and by cmark and compared as plain structure: lines and spans.
@Suite("Beside cmark")
struct CommonMarkTests {
    private struct Example: Decodable {
        let example: Int
        let markdown: String
        let section: String
    }

    /// Where Debian's package golang-github-yuin-goldmark-dev puts the examples of the specification.
    private static let examples = "/usr/share/gocode/src/github.com/yuin/goldmark/_test/spec.json"

    @Test("the examples of the specification look the same, but for the deviations listed")
    func examples() throws {
        let examples = try JSONDecoder().decode([Example].self, from: Data(contentsOf: URL(filePath: Self.examples)))
        try #require(examples.count > 600)
        var differing: Set<Int> = []
        for example in examples {
            let tree = try CommonMarkTree(xml: cmark(example.markdown), of: example.markdown)
            let screen = comparable(
                render(example.markdown, columns: 1000, hasColour: false).split(separator: "\n").map(String.init))
            let lines = comparable(tree.lines)
            let spans = tree.hasStyledBlocks ? tree.spans : shownSpans(example.markdown)
            let isSame = screen == lines && merged(spans) == merged(tree.spans)
            if !isSame {
                differing.insert(example.example)
                if ProcessInfo.processInfo.environment["SESH_SHOW_DEVIATIONS"] != nil {
                    print(
                        "--- \(example.example) \(example.section)\n\(example.markdown)\nCMARK \(lines) \(merged(tree.spans))\nOURS  \(screen) \(merged(spans))"
                    )
                }
            }
        }
        let listed = Set(CommonMarkDeviations.all.values.joined())
        #expect(differing.subtracting(listed).sorted() == [], "these differ from cmark and are not listed")
        #expect(listed.subtracting(differing).sorted() == [], "these are listed and look the same")
    }

    // MARK: Ours

    /// Lines without what says nothing about the structure: blank ones, the lengths of rules, fences and backticks.
    private func comparable(_ lines: [String]) -> [String] {
        lines.map { line in
            line.replacing(/─{3,}/, with: "───").replacing(/═{3,}/, with: "═══").replacing(/`{3,}[^`]*$/, with: "`")
                .replacing(/~{3,}.*$/, with: "~").replacing(/`+/, with: "`").trimmedAtTheEnd
        }
        .filter { !$0.allSatisfy { $0.isWhitespace || $0 == "│" } }
    }

    /// The texts with a style, in order.
    private func shownSpans(_ markdown: String) -> [String] {
        let shown = render(markdown, columns: 1000, hasColour: true)
        return shown.matches(of: /\u{1B}\[([0-9;]+)m([^\u{1B}]*)/).compactMap { match in
            let names = ["1": "strong", "3": "emphasis", "4": "link", "36": "code"]
            let styles = match.1.split(separator: ";").compactMap { names[String($0)] }
            let visible = match.2.filter { !$0.isWhitespace }
            return styles.isEmpty || visible.isEmpty ? nil : styles.sorted().joined(separator: "+") + ":" + visible
        }
    }

    /// The same spans with those that stand together in the same style made one.
    private func merged(_ spans: [String]) -> [String] {
        var result: [String] = []
        for span in spans {
            let style = span.prefix { $0 != ":" } + ":"
            if let last = result.last, last.hasPrefix(style) {
                result[result.count - 1] += span.dropFirst(style.count)
            } else {
                result.append(span)
            }
        }
        return result
    }

    // MARK: cmark

    private func cmark(_ markdown: String) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["cmark", "--sourcepos", "-t", "xml"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        // An example is smaller than any pipe's buffer.
        try input.fileHandleForWriting.write(contentsOf: Data(markdown.utf8))
        try input.fileHandleForWriting.close()
        let xml = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return xml
    }
}
