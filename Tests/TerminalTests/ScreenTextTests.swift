import Terminal
import TerminalText
import Testing

struct ScreenTextTests {
    @Test func `Plain text of every script stays as it is`() {
        let text = "naïve – 日本語 👩‍👩‍👧 עברית e\u{301}\tend\nline"
        #expect(ScreenText.safe(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test func `Every control becomes a visible glyph and nothing else changes`() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isControl =
                switch value {
                case 0x09, 0x0A: false
                case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF,
                    0xFFF9...0xFFFB, 0xE0000...0xE007F:
                    true
                default: false
                }
            let shown = ScreenText.safe(String(scalar)).unicodeScalars
            if isControl {
                #expect(!shown.contains(scalar) && !shown.isEmpty, "U+\(String(value, radix: 16))")
            } else if !shown.elementsEqual([scalar]) {
                Issue.record("U+\(String(value, radix: 16)) was changed")
            }
        }
    }

    @Test func `Controls are shown by their pictures or code points`() {
        #expect(ScreenText.safe("\u{1B}[31m\u{7}\r\n\u{7F}") == "␛[31m␇␍\n␡")
        #expect(ScreenText.safe("a\u{202E}b\u{9B}c\u{E0041}") == "a‹U+202E›b‹U+009B›c‹U+E0041›")
    }

    @Test func `A safe line has no line feed and no tab`() {
        #expect(ScreenText.safeLine("a\tb\r\nc") == "a b␍␊c")
    }

    @Test func `Text cut anywhere gives the same when its parts are made safe`() {
        let text = "a\r\nb\u{1B}]0;t\u{7}\u{202E}é\u{301}\u{9B}31m👩‍👩‍👧\u{1B}P1$r\u{1B}\\"
        let scalars = Array(text.unicodeScalars)
        func string(_ part: ArraySlice<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(part))
        }
        for cut in 0...scalars.count {
            let parts = ScreenText.safe(string(scalars[..<cut])) + ScreenText.safe(string(scalars[cut...]))
            #expect(parts.utf8.elementsEqual(ScreenText.safe(text).utf8))
        }
    }
}
