import Markdown
import TerminalText
import Testing

@Suite("Markdown as it arrives")
struct StreamingTests {
    static let sample = """
        # Title **b** #\r
        Text with *emphasis*, `co``de`, [a **link**](http://x.y/z "t"), ![i](j) e\u{301}👩‍👩‍👧🇩🇪❤️ \\* a\\
        \r - one\u{1B}]0;x\u{7}
          - [x] two\t\u{202E}x
        10. 日本語、です。

            more
        > quote
        >
        > ```swift
        > let a = "b\\"c" // d
        > /* e
        > f */ 1.5 \"\"\" x
        > ```

        | a | b |
        |:-:|--:|
        | `x\\|y` | **z** |
        Setext
        ---
        Loose | table | c
        :-|--:|-
        x | *y*
        * * *
        ~~~diff
        +a
        -b
        ~~
        ~~~
        ***bold it* b** _a_ __b__ ~~c~~ [[x](y) `z
        """

    private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String { String(String.UnicodeScalarView(scalars)) }

    @Test("The output is the same for every cutting into two and three pieces and into single scalars")
    func cuttings() {
        let scalars = Array(Self.sample.unicodeScalars)
        let whole = render(Self.sample, columns: 24)
        #expect(render(scalars.map { String($0) }, columns: 24).utf8.elementsEqual(whole.utf8))
        for first in scalars.indices {
            let second = first + (scalars.count - first) / 3
            let pieces = [scalars[..<first], scalars[first..<second], scalars[second...]].map(string)
            #expect(render(pieces, columns: 24).utf8.elementsEqual(whole.utf8), "cut at \(first)")
            let two = [pieces[0], string(scalars[first...])]
            #expect(render(two, columns: 24).utf8.elementsEqual(whole.utf8), "cut at \(first)")
        }
    }

    @Test("Words of a paragraph appear as they arrive")
    func latency() {
        var renderer = MarkdownRenderer(columns: 80, hasColour: true)
        #expect(renderer.feed("Half of") == "Half of")
        #expect(renderer.feed(" one") == " one")
        #expect(renderer.feed(", and **bo") == ", and")
        #expect(renderer.feed("ld** x") == " " + styled("bold", "1") + " x")
        #expect(renderer.feed("\n") == "")
        #expect(renderer.feed("- ") == "")
        #expect(renderer.feed("i") == "\n" + styled("• ", "2") + "i")
    }

    @Test("After the end the renderer is ready for another text")
    func again() {
        var renderer = MarkdownRenderer(columns: 80, hasColour: true)
        #expect(
            renderer.feed("```swift\n\"a") + renderer.finish() == "\u{1B}[2m```swift\u{1B}[0m\n\u{1B}[32m\"a\u{1B}[0m")
        #expect(renderer.feed("b") + renderer.finish() == "b")
    }
}
