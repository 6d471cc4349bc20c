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
