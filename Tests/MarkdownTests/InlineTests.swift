import Markdown
import Testing

/// Apart from the test's arguments and with its type, or the compiler takes too long to find it.
private let spanCases: [(String, String)] = [
    ("a *b* c", "a " + styled("b", "3") + " c"),
    ("a **b c** d", "a " + styled("b c", "1") + " d"),
    ("__b__ _i_", styled("b", "1") + " " + styled("i", "3")),
    ("***x***", styled("x", "1;3")),
    ("**a *b* c**", styled("a ", "1") + styled("b", "1;3") + styled(" c", "1")),
    ("~~gone~~", styled("gone", "9")),
    ("`a*b*`", styled("a*b*", "36")),
    ("`` a`b ``", styled("a`b", "36")),
    ("**`x`**", styled("x", "1;36")),
    ("[text](http://a.b)", styled("text", "4") + styled(" (http://a.b)", "2")),
    ("[**t**](u)", styled("t", "1;4") + styled(" (u)", "2")),
    ("[t](u \"title\")", styled("t", "4") + styled(" (u \"title\")", "2")),
    ("[http://a.b](http://a.b)", styled("http://a.b", "4")),
    ("[t](a(b)c).", styled("t", "4") + styled(" (a(b)c)", "2") + "."),
    ("![alt](a.png)", styled("alt", "4") + styled(" (a.png)", "2")),
    ("**「強調」**です", styled("「強調」", "1") + "です"),
]

@Suite("Spans in a line")
struct InlineTests {
    @Test("Spans get their styles and lose their markers", arguments: spanCases)
    func spans(text: String, expected: String) { #expect(render(text) == expected) }

    @Test(
        "What opens no span is shown as it stands",
        arguments: [
            "2 * 3 * 4", "a ** b", "**open", "*open `code", "snake_case_name", "a `b", "[1] and [x]", "[a](b c)",
            "[a](b", "![a", "![a]", "Hi!", "~5 and ~6", "a~~~b~~~", "<b>html</b> &amp;", "[[[", "]]]", "\\( x \\)",
            "a\\b", "``a`", "*a **b", "x[0](", "_", "`", "!", "a*", "[t](u \"title\" x)",
        ])
    func literals(text: String) { #expect(render(text) == text) }

    @Test("An escaped marker is text")
    func escapes() { #expect(render("\\*a\\* \\`b\\` \\# \\\\") == "*a* `b` # \\") }

    @Test("Without colour emphasis is plain, and what would be unclear keeps its markers")
    func withoutColour() {
        #expect(render("**a** *b* `c` ~~d~~ [e](f)", hasColour: false) == "a b `c` ~~d~~ e (f)")
    }

    @Test("A span that stays open for very long becomes text, and those after it are found")
    func longHold() {
        let words = String(repeating: "word ", count: 400)
        let shown = withoutStyles(render("**" + words + "**a**", columns: 10_000))
        #expect(shown == "**" + words + "a")
    }

    @Test("A backslash at the end of a line breaks it, at the end of the text it is text")
    func hardBreaks() {
        #expect(render("a\\\nb  \nc\\") == "a\nb\nc\\")
    }
}
