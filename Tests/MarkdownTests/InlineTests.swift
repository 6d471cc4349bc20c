import Markdown
import Testing

@Suite("Spans in a line")
struct InlineTests {
    /// Markdown, and what is shown of it.
    private static let styledSpans: [(String, String)] = [
        ("a *b* c", "a \u{1B}[3mb\u{1B}[0m c"),
        ("a **b c** d", "a \u{1B}[1mb c\u{1B}[0m d"),
        ("__b__ _i_", "\u{1B}[1mb\u{1B}[0m \u{1B}[3mi\u{1B}[0m"),
        ("***x***", "\u{1B}[1;3mx\u{1B}[0m"),
        ("**a *b* c**", "\u{1B}[1ma \u{1B}[0m\u{1B}[1;3mb\u{1B}[0m\u{1B}[1m c\u{1B}[0m"),
        ("~~gone~~", "\u{1B}[9mgone\u{1B}[0m"),
        ("`a*b*`", "\u{1B}[36ma*b*\u{1B}[0m"),
        ("`` a`b ``", "\u{1B}[36ma`b\u{1B}[0m"),
        ("**`x`**", "\u{1B}[1;36mx\u{1B}[0m"),
        ("[text](http://a.b)", "\u{1B}[4mtext\u{1B}[0m\u{1B}[2m (http://a.b)\u{1B}[0m"),
        ("[**t**](u)", "\u{1B}[1;4mt\u{1B}[0m\u{1B}[2m (u)\u{1B}[0m"),
        ("[t](u \"title\")", "\u{1B}[4mt\u{1B}[0m\u{1B}[2m (u \"title\")\u{1B}[0m"),
        ("[http://a.b](http://a.b)", "\u{1B}[4mhttp://a.b\u{1B}[0m"),
        ("[t](a(b)c).", "\u{1B}[4mt\u{1B}[0m\u{1B}[2m (a(b)c)\u{1B}[0m."),
        ("![alt](a.png)", "\u{1B}[4malt\u{1B}[0m\u{1B}[2m (a.png)\u{1B}[0m"),
        ("*a**b*", "\u{1B}[3ma**b\u{1B}[0m"),
        ("**「強調」**です", "\u{1B}[1m「強調」\u{1B}[0mです"),
    ]

    @Test("Spans get their styles and lose their markers", arguments: styledSpans)
    func spans(text: String, expected: String) { #expect(render(text) == expected) }

    private static let plainTexts: [String] = [
        "2 * 3 * 4", "a ** b", "**open", "*open `code", "snake_case_name", "a `b", "[1] and [x]", "[a](b c)",
        "[a](b", "![a", "![a]", "Hi!", "~5 and ~6", "a~~~b~~~", "<b>html</b> &amp;", "[[[", "]]]", "\\( x \\)",
        "a\\b", "``a`", "*a **b", "x[0](", "_", "`", "!", "a*", "[t](u \"title\" x)",
    ]

    @Test("What opens no span is shown as it stands", arguments: plainTexts)
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
