import Markdown
import Testing

@Suite("Blocks")
struct BlockTests {
    private func plain(_ text: String, columns: Int = 40) -> String { withoutStyles(render(text, columns: columns)) }

    @Test(
        "Headings are bold, without their markers",
        arguments: [("# A #", "1;4"), ("##    A   ", "1"), ("### A ##", "1;3")])
    func headings(text: String, style: String) { #expect(render(text) == styled("A", style)) }

    @Test("A number sign is part of a heading's text unless it ends it")
    func headingText() { #expect(plain("# C# and #1 #x\n#no\n# A#") == "C# and #1 #x\n#no\nA#") }

    @Test("Without colour a heading keeps its marker")
    func plainHeading() { #expect(render("## A ##\n#", hasColour: false) == "## A\n# ") }

    @Test("Lists hang below their text, whatever their markers and depth")
    func lists() {
        let text = "- one two three four\n  - five\n* six\n+ seven\n1. eight\n   more\n10) nine ten eleven\n  - twelve"
        #expect(
            plain(text, columns: 14) == """
                • one two
                  three four
                  ◦ five
                • six
                • seven
                1. eight
                   more
                10) nine ten
                    eleven
                    ◦ twelve
                """)
    }

    @Test("Tasks show whether they are done")
    func tasks() { #expect(plain("- [ ] a\n- [x] b\n- [y] c\n- [link](u)") == "☐ a\n☑ b\n• [y] c\n• link (u)") }

    @Test("Quotes have a bar at every row, blank ones within included")
    func quotes() {
        #expect(plain("> one two three\n>\n> > four\n\nfive", columns: 10) == "│ one two\n│ three\n│\n│ │ four\n\nfive")
    }

    @Test("A blank line between blocks stays one, at the ends there is none")
    func blankLines() { #expect(plain("\n\na\n\n\n\nb\n\n") == "a\n\nb") }

    @Test("Line breaks of the text stay")
    func lineBreaks() { #expect(plain("Roses are red,\nviolets are blue") == "Roses are red,\nviolets are blue") }

    @Test("A rule is drawn for a thematic break and below an underlined heading", arguments: ["---", "* * *", "___"])
    func rules(rule: String) {
        #expect(plain("a\n\n\(rule)\nb", columns: 10) == "a\n\n──────────\nb")
        #expect(plain("a\n===\nb", columns: 10) == "a\n══════════\nb")
    }

    @Test("What only looks like the start of a block is text")
    func lookalikes() {
        let text = "-x\n**b\n--flag\n1.5\n2020.\nin\n2020. Then\n#tag\n``x\n~~\n+1\n= x\n>"
        #expect(plain(text) == "-x\n**b\n--flag\n1.5\n2020.\nin\n2020. Then\n#tag\n``x\n~~\n+1\n= x")
    }

    @Test("Lines of code are neither wrapped nor read as Markdown")
    func code() {
        let text = "```\n# a *b* and more than fits\n\n\n  - x\n\ty\n``\n```\nafter"
        #expect(plain(text, columns: 10) == "```\n# a *b* and more than fits\n\n\n  - x\n    y\n``\n```\nafter")
    }

    @Test("A fence is closed by one of its own kind and length, or by the end of the text")
    func fences() {
        #expect(plain("~~~~\n```\n~~~\n~~~~ \na") == "~~~~\n```\n~~~\n~~~~\na")
        #expect(plain("```x\na") == "```x\na")
    }

    @Test("Code in a list item stands below its text, and loses the item's indentation only")
    func codeInList() {
        #expect(plain("1. a\n   ```\n   b\n     c\n   ```\n   d") == "1. a\n   ```\n   b\n     c\n   ```\n   d")
    }

    @Test("Indented code keeps its inner indentation")
    func indentedCode() { #expect(plain("a\n\n    *b*\n      c") == "a\n\n*b*\n  c") }

    @Test("A table is aligned by the columns of its delimiter row")
    func table() {
        #expect(
            plain("| a | b | c |\n|---|:-:|--:|\n| 日本 | x | 10 |\n| **y** | long \\| er |\n\nend") == """
                a    │     b     │  c
                ─────┼───────────┼───
                日本 │     x     │ 10
                y    │ long | er │ \("  ")

                end
                """)
    }

    @Test("A cell without a column stands in the last one, and a missing one is empty")
    func unevenRows() {
        #expect(plain("| a | b |\n|---|---|\n| c | d | e |\n| f |") == "a │ b\n──┼────\nc │ d e\nf │ ")
    }

    @Test("Cells are wrapped where the table would be wider than the window")
    func narrowTable() {
        #expect(
            plain("|a|b|\n|-|-|\n|one two three|x|", columns: 11) == """
                a       │ b
                ────────┼──
                one two │ x
                three   │
                """ + " ")
    }

    @Test("A row without a delimiter row below it is text")
    func noTable() { #expect(plain("| a | b |\nc\n| d\n| e\n|-x") == "| a | b |\nc\n| d\n| e\n|-x") }

    @Test("A header row need not begin with a bar, nor need any row: the first cell stands where it was written")
    func looseTable() {
        #expect(
            plain("Name | Age | City\n:-: | --: | ---\n**Alice** | 5\nBob the third | 31 | x\n| C | 1\n\nend")
                == """
                Name          │ Age │ City
                ──────────────┼─────┼─────
                    Alice     │   5 │\(" ")
                Bob the third │  31 │ x
                      C       │   1 │\(" ")

                end
                """)
        #expect(
            render("A | B\n-|-\nc | d") == "A" + styled(" │ ", "2") + styled("B", "1") + "\n" + styled("──┼──", "2")
                + "\nc" + styled(" │ ", "2") + "d")
        #expect(plain("> - A | B\n>   -|-\n>   c | d\n\ne") == "│ • A │ B\n│   ──┼──\n│   c │ d\n\ne")
        #expect(plain("| a | b |\n|---|---|\nc | d") == "a │ b\n──┼──\nc │ d")
    }

    @Test("The first cell of a header is never cut, and the others share what it leaves")
    func looseNarrowTable() {
        #expect(
            plain("Headline | b | c\n-|-|-\nx | one two | three four", columns: 20) == """
                Headline │ b   │ c
                ─────────┼─────┼────
                x        │ one │ thr
                         │ two │ ee
                         │     │ fou
                         │     │ r
                """)
    }

    @Test("Lines with bars that make no table are text")
    func looseLookalikes() {
        let text = "a | b\nc | d\n\nx | y\n---\nls | wc\n- | -\n\n`a|b` \\| c\n-|-\nls | wc"
        #expect(
            plain(text, columns: 30) == "a | b\nc | d\n\nx | y\n" + String(repeating: "─", count: 30)
                + "\nls │ wc\n───┼───\n\na|b | c\n-|-\nls | wc")
    }

    @Test("What begins another block ends a table, and so does text without a bar")
    func endOfTable() {
        let table = "a | b\n-|-\nc | d\n"
        let shown = "a │ b\n──┼──\nc │ d\n"
        for line in ["- x | y", "1. x | y", "# x | y", "```\nx | y\n```", "x"] {
            #expect(plain(table + line) == shown + plain(line))
        }
        #expect(plain(table + "> x | y") == shown + "│ x | y")
        #expect(plain(table + "-5 | `y`\n#1 | x") == "a  │ b\n───┼──\nc  │ d\n-5 │ y\n#1 │ x")
    }

    @Test("What stands before a bar is shown at once, what follows when its meaning is certain")
    func latencyOfBars() {
        var renderer = MarkdownRenderer(columns: 80, hasColour: true)
        #expect(renderer.feed("Use ls | w") == "Use ls")
        #expect(renderer.feed("c\n") == "")
        #expect(renderer.feed("x") == " | wc\nx")
    }

    @Test("A table that goes on for very long is written before it ends")
    func longTable() {
        var renderer = MarkdownRenderer(columns: 40, hasColour: true)
        let rows = String(repeating: "| some | thing |\n", count: 300)
        #expect(!renderer.feed("| a | b |\n|---|---|\n" + rows).isEmpty)
    }

    @Test("A change of the window's width takes effect at the next row")
    func resize() {
        var renderer = MarkdownRenderer(columns: 10, hasColour: true)
        var output = renderer.feed("one two three ")
        renderer.columns = 20
        output += renderer.feed("four five six seven eight") + renderer.finish()
        #expect(output == "one two\nthree four five six\nseven eight")
    }
}
