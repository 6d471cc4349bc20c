import Terminal
import TerminalText
import Testing

struct DisplayWidthTests {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한", 2), ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧", 2),
        ("🇩🇪", 2), ("❤\u{FE0F}", 2), ("a\u{200D}", 1), ("ｱ", 1), ("Ａ", 2), ("…", 1),
    ])
    func `Columns are those of a terminal`(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test func `A line that fits is not cut`() {
        #expect(DisplayWidth.truncate("日本", to: 4) == "日本")
    }

    @Test func `A line is cut at whole characters and never exceeds the columns`() {
        #expect(DisplayWidth.truncate("日本語", to: 5) == "日本…")
        #expect(DisplayWidth.truncate("日本語", to: 4) == "日…")
        #expect(DisplayWidth.truncate("abc", to: 1) == "…")
        #expect(DisplayWidth.truncate("abc", to: 0) == "")
    }
}

@Suite("Lines broken between words")
struct WrapTests {
    @Test(arguments: [
        ("short one", "short one"), ("one two three four", "one two\nthree four"),
        ("a verylongwordthatfitsnowhere b", "a\nverylongwordthatfitsnowhere\nb"), ("日本語 日本語 x", "日本語\n日本語 x"),
        ("  kept   as it is\nsecond line here", "  kept  \nas it is\nsecond\nline here"),
        ("exactly ten", "exactly\nten"),
    ])
    func `Words stay whole, and what fits stays as it is`(text: String, expected: String) {
        #expect(DisplayWidth.wrap(text, to: 10) == expected)
    }
}
