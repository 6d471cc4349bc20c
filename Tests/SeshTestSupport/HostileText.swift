internal import Platform

/// Text that would drive a terminal if it were written to one as it is.
package enum HostileText {
    /// Every control that acts on a terminal or hides what stands beside it: C0 with space, DEL, C1, the bidirectional
    /// ones (UAX #9), separators, the deprecated format controls, the byte order mark.
    package static let controls: [Unicode.Scalar] = {
        let ranges: [ClosedRange<UInt32>] = [0x00...0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x206F]
        return (ranges.joined() + [0x61C, 0x200E, 0x200F, 0xFEFF]).compactMap(Unicode.Scalar.init)
    }()

    /// Sequences (ECMA-48, and what xterm makes of them), in their 7-bit and 8-bit forms, whole and left open.
    package static let sequences = [
        "\u{1B}[31m", "\u{1B}[2J", "\u{1B}[1;1H", "\u{1B}[?1000h", "\u{1B}[?2004l", "\u{1B}[6n", "\u{9B}2J",
        "\u{9B}31m",
        "\u{1B}]0;title\u{7}", "\u{1B}]52;c;cm0gLXJm\u{1B}\\", "\u{1B}]8;;http://x.y\u{1B}\\", "\u{9D}52;c;eA==\u{9C}",
        "\u{1B}P1$r\u{1B}\\", "\u{1B}P+q544e\u{1B}\\", "\u{90}q#0~\u{9C}", "\u{1B}_apc\u{1B}\\", "\u{9F}apc\u{9C}",
        "\u{1B}^pm\u{1B}\\", "\u{9E}pm\u{9C}", "\u{1B}Xsos\u{1B}\\", "\u{98}sos\u{9C}", "\u{1B}c", "\u{1B}7",
        "\u{1B}(0",
        "\u{1B}]2;open", "\u{1B}P", "\u{202E}txt.exe\u{2066}\u{202C}", "\r\u{1B}[K", "\u{8}\u{8}", "\u{E}\u{F}",
    ]

    private static let words = [
        "word ", "*", "**", "_", "`", "```\n", "~~", "\n", "\n\n", "- ", "1. ", "> ", "# ", "| ", " | ", "\n-|-\n",
        "[x](",
        ")", "\t", "日本 ", "e\u{301}", "👩‍👩‍👧 ", "longerword", "\r\n",
    ]

    /// A text of all of these, and Markdown between.
    ///
    /// - Parameters:
    ///   - length: its scalars at least; with 500 or more every control is in it.
    ///   - seed: what its order depends on.
    package static func text(length: Int, seed: UInt64) -> String {
        var generator = SplitMix64(seed: seed)
        var text = String.UnicodeScalarView()
        for control in controls.shuffled(using: &generator) {
            text.append(control)
            text.append(contentsOf: (words.randomElement(using: &generator) ?? "").unicodeScalars)
        }
        while text.count < length {
            let part = Bool.random(using: &generator) ? words : sequences
            text.append(contentsOf: (part.randomElement(using: &generator) ?? "").unicodeScalars)
            if Int.random(in: 0..<4, using: &generator) == 0 {
                text.append(controls.randomElement(using: &generator) ?? "\u{1B}")
            }
        }
        return String(text)
    }
}
