import Platform
import SeshTestSupport

/// Keys that a person may press in any order, and texts that terminals have trouble with.
struct RandomKeys {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    private static let texts = [
        "日", "本語", "한국어", "é", "e\u{301}", "👍", "👍🏽", "❤️", "👩‍👩‍👧", "🇩🇪", "क्षि", "ไทย", "\u{301}", "\u{200B}", "ﷺ",
        "\u{1112}\u{1161}\u{11AB}", "中文字符宽度", "word ", "a longer piece of text, ", "x",
    ]
    private static let motions = [
        "\u{1B}[D", "\u{1B}[D", "\u{1B}[D", "\u{1B}[C", "\u{1B}[C", "\u{1B}[A", "\u{1B}[A", "\u{1B}[B", "\u{1}",
        "\u{5}",
        "\u{1B}[H", "\u{1B}[F", "\u{1B}b", "\u{1B}f", "\u{1B}[1;5D", "\u{1B}[1;5C",
    ]
    private static let changes = [
        "\u{7F}", "\u{7F}", "\u{8}", "\u{1B}[3~", "\u{B}", "\u{17}", "\u{19}", "\u{14}", "\u{1B}d", "\u{1B}u",
        "\u{1B}c",
        "\n", "\n", "\n", "\u{16}\u{1}", "\u{16}\u{1B}", "\u{16}\t", "\t", "\u{12}", "\u{12}", "\u{7}", "\u{13}",
    ]
    /// Much at once, or all away; seldom.
    private static let leaps = [
        "\u{15}", "\u{1B}[200~one\ttwo\r\n\r\nthree \u{1B}[31m red \u{7} bell\u{1B}[201~",
        "\u{1B}[200~" + String(repeating: "wide 日本 text ", count: 30) + "\u{1B}[201~",
        "\u{1B}[200~" + String(repeating: "line\r", count: 15) + "\u{1B}[201~",
    ]

    /// The next key, or a few that come at once.
    mutating func next() -> String {
        switch Int.random(in: 0..<100, using: &generator) {
        case 0..<30: String(UnicodeScalar(UInt8.random(in: 0x20...0x7E, using: &generator)))
        case 30..<52: pick(Self.texts)
        case 52..<77: pick(Self.motions)
        case 77..<97: pick(Self.changes)
        default: pick(Self.leaps)
        }
    }

    mutating func number(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func prompt() -> String {
        let columns = number(in: 1...40)
        return String(repeating: pick(["p", "seite", "日"]), count: max(1, columns / 4)) + "> "
    }

    private mutating func pick(_ choices: [String]) -> String { choices.randomElement(using: &generator) ?? "" }
}
