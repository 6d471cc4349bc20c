import Markdown
import Terminal
import Testing

@Suite("Text that means harm, or makes no sense")
struct HostileTextTests {
    /// Random numbers that are the same in every run (SplitMix64).
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let fragments = [
        "*", "**", "_", "`", "```", "~~", "~~~", "\n", "\n\n", " ", "    ", "\t", "- ", "1. ", "> ", "# ", "|", "|-|",
        " | ", "\n-|-\n",
        "[",
        "](", ")", "!", "\\", "---", "===", "\r\n", "\r", "\"", "'", "//", "/*", "*/", "#", "word", "x", "日本",
        "e\u{301}",
        "👩‍👩‍👧", "```swift\n", "~~~diff\n", "\u{1B}[31m", "\u{9B}2J", "\u{202E}", "- [ ] ", "<!--", "longerword", "7",
    ]

    private func randomText(_ generator: inout Generator) -> String {
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
        var generator = Generator(state: 1)
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
        var generator = Generator(state: 2)
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
        let controls = (0...0x20).map(UInt32.init) + (0x7F...0x9F).map(UInt32.init) + [0x61C, 0x200E, 0x200F, 0xFEFF]
        let scalars = (controls + Array(0x2028...0x202E) + Array(0x2066...0x206F)).compactMap(Unicode.Scalar.init)
        let sequences = ["\u{1B}]0;t\u{7}", "\u{1B}P1$r\u{1B}\\", "\u{1B}[2J", "\u{9D}52;c;x\u{9C}", "\u{1B}[31m"]
        var generator = Generator(state: 3)
        for _ in 0..<8 {
            var text: [Unicode.Scalar] = []
            while text.count < 10_000 {
                switch Int.random(in: 0...3, using: &generator) {
                case 0: text.append(scalars.randomElement(using: &generator) ?? "\u{1B}")
                case 1: text += (sequences.randomElement(using: &generator) ?? "").unicodeScalars
                default: text += (Self.fragments.randomElement(using: &generator) ?? "").unicodeScalars
                }
            }
            var renderer = MarkdownRenderer(columns: 40, hasColour: true)
            var output = ""
            for scalar in text { output += renderer.feed(String(scalar)) }
            output += renderer.finish()
            #expect(isHarmless(output))
        }
    }

    @Test("No row is wider than the window")
    func rows() {
        var generator = Generator(state: 4)
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
        "Much of one thing is shown whole",
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
