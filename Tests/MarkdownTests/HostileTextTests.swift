import Platform
import Markdown
import SeshTestSupport
import TerminalText
import Testing

@Suite("Text that means harm, or makes no sense")
struct HostileTextTests {
    private static let fragments = [
        "*", "**", "_", "`", "```", "~~", "~~~", "\n", "\n\n", " ", "    ", "\t", "- ", "1. ", "> ", "# ", "|", "|-|",
        " | ", "\n-|-\n",
        "[",
        "](", ")", "!", "\\", "---", "===", "\r\n", "\r", "\"", "'", "//", "/*", "*/", "#", "word", "x", "日本",
        "e\u{301}",
        "👩‍👩‍👧", "```swift\n", "~~~diff\n", "\u{1B}[31m", "\u{9B}2J", "\u{202E}", "- [ ] ", "<!--", "longerword", "7",
    ]

    private func randomText(_ generator: inout SplitMix64) -> String {
        var text = String.UnicodeScalarView()
        for number in 0..<Int.random(in: 1...60, using: &generator) {
            let fragment = Self.fragments.randomElement(using: &generator) ?? ""
            text.append(contentsOf: fragment.unicodeScalars)
            if fragment == "word" { text.append(contentsOf: "\(number)w".unicodeScalars) }
        }
        return String(text)
    }

    /// The letters of a text in order, digits left out because lists and glyphs bring their own.
    private func letters(_ text: String) -> [Unicode.Scalar] {
        text.unicodeScalars.filter { $0.properties.isAlphabetic }
    }

    @Test("No letter of the text is lost or moved, whatever the markers around it", arguments: [true, false])
    func everyLetter(hasColour: Bool) {
        var generator = SplitMix64(seed: 1)
        for _ in 0..<2_000 {
            let text = randomText(&generator)
            let columns = Int.random(in: 1...50, using: &generator)
            let output = withoutStyles(render(text, columns: columns, hasColour: hasColour))
            var expected = letters(ScreenText.safe(text))[...]
            var shown = letters(output)
            if text.contains("-|") {
                // The rows of cells that are wrapped stand beside each other.
                expected.sort()
                shown.sort()
            }
            // The box of a task that is done stands for its x.
            for scalar in shown where scalar == expected.first { expected.removeFirst() }
            #expect(expected.isEmpty, "\(text.debugDescription) in \(columns) columns: \(output.debugDescription)")
        }
    }

    @Test("Random texts come out the same in one piece and scalar by scalar")
    func everyCutting() {
        var generator = SplitMix64(seed: 2)
        for _ in 0..<2_000 {
            let text = randomText(&generator)
            let columns = Int.random(in: 1...50, using: &generator)
            let pieces = text.unicodeScalars.map { String($0) }
            #expect(render(text, columns: columns).utf8.elementsEqual(render(pieces, columns: columns).utf8))
        }
    }

    /// Whether the only controls are line feeds and sequences that select styles, every style closed at the line's end.
    private func isHarmless(_ output: String) -> Bool {
        var isStyled = false
        let controls = output.replacing(/\u{1B}\[([0-9;]+)m|\n/) { match in
            if match.0 == "\n" { return isStyled ? "\u{7}" : "" }
            isStyled = match.1 != "0"
            return ""
        }
        return !isStyled && controls.unicodeScalars.allSatisfy(ScreenText.isSafe)
    }

    @Test("Of every control in the text, cut everywhere, nothing but text reaches the screen")
    func controls() {
        for seed in UInt64(3)..<11 {
            let text = HostileText.text(length: 10_000, seed: seed)
            var renderer = MarkdownRenderer(columns: 40, hasColour: true)
            var output = ""
            for scalar in text.unicodeScalars { output += renderer.feed(String(scalar)) }
            output += renderer.finish()
            #expect(isHarmless(output))
        }
    }

    @Test("Cut at any place into two, hostile text comes out the same")
    func cutInTwo() {
        let text = HostileText.text(length: 600, seed: 12)
        let whole = render(text)
        let scalars = Array(text.unicodeScalars)
        for cut in scalars.indices {
            let pieces = [scalars[..<cut], scalars[cut...]].map { String(String.UnicodeScalarView($0)) }
            #expect(render(pieces).utf8.elementsEqual(whole.utf8), "cut at \(cut)")
        }
    }

    @Test("No row is wider than the window")
    func rows() {
        var generator = SplitMix64(seed: 4)
        for _ in 0..<2_000 {
            // Code goes as it is; so do tables of more columns than fit.
            let text = randomText(&generator).replacing("`", with: "'").replacing("~", with: "-")
                .replacing("    ", with: " ").replacing("\t", with: " ").replacing("|", with: "/")
            let columns = Int.random(in: 12...50, using: &generator)
            for row in withoutStyles(render(text, columns: columns)).split(separator: "\n") {
                #expect(DisplayWidth.of(String(row)) <= columns, "\(text.debugDescription): \(row)")
            }
        }
    }

    @Test(
        "Much of one thing is shown whole", .thorough,
        arguments: [
            "*", "**a ", "_a", "`", "``a`", "[", "[](", "[a](", "- ", ">", "1. ", "|", "| a ", "a\n|-|\n", "#",
            "~", "-", "=", "\\", "a", "日", "\u{301}", " ", "\"", "/*", "!", "]", "x](", "`a``b```c````d`````e",
        ])
    func repetition(part: String) {
        let text = String(repeating: part, count: 40_000 / part.utf8.count)
        for prefix in ["", "x ", "```swift\n", "| a |\n|---|\n| "] {
            let output = withoutStyles(render(prefix + text))
            let letters = output.unicodeScalars.count { $0 == "a" || $0 == "日" }
            #expect(letters >= text.unicodeScalars.count { $0 == "a" || $0 == "日" })
        }
    }
}
