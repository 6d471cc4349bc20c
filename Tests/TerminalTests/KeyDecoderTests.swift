import Platform
import SeshTestSupport
import Testing

@testable import Terminal

struct KeyDecoderTests {
    /// One of every form, whole.
    static let sequences = [
        "\u{1B}[A", "\u{1B}OA", "\u{1B}[1;5D", "\u{1B}[15;2~", "\u{1B}[[A", "\u{1B}[7$", "\u{1B}[7^", "\u{1B}[7@",
        "\u{1B}Oa",
        "\u{1B}O5D", "\u{1B}[M !!", "\u{1B}[<0;3;4M", "\u{1B}[32;10;10M", "\u{1B}[I", "\u{1B}[?62;22c", "\u{1B}[>1;2c",
        "\u{1B}[12;40R", "\u{1B}[?2026;1$y", "\u{1B}[13;2u", "\u{1B}[97:65;2:1;65u", "\u{1B}[27;2;13~", "\u{1B}[1;1:3A",
        "\u{1B}\u{1B}[A", "\u{1B}\u{1B}OA", "\u{1B}\u{1B}[5~", "\u{1B}]11;rgb:00/00/00\u{7}", "\u{1B}]10;é\u{1B}\\",
        "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}Xx\u{1B}\\", "\u{1B}[200~",
        "\u{1B}[ q",
    ]

    private func tokens(_ decoder: inout KeyDecoder, hasEscapeKey: Bool = false) -> [KeyDecoder.Token] {
        var tokens: [KeyDecoder.Token] = []
        while let token = decoder.next(hasEscapeKey: hasEscapeKey) { tokens.append(token) }
        return tokens
    }

    @Test(arguments: sequences, [false, true])
    func `A sequence is whole at every split and what surrounds it is text`(text: String, hasEscapeKey: Bool) {
        let bytes = Array(text.utf8)
        for split in 1..<bytes.count {
            var decoder = KeyDecoder()
            decoder.append(Array("a".utf8) + bytes[..<split])
            var seen = tokens(&decoder, hasEscapeKey: hasEscapeKey)
            decoder.compact()
            decoder.append(bytes[split...] + Array("b".utf8))
            seen += tokens(&decoder, hasEscapeKey: hasEscapeKey)
            #expect(seen == [.character("a"), .sequence(bytes), .character("b")], "split at \(split)")
        }
    }

    @Test(arguments: sequences, [false, true])
    func `A tail that comes after a silence is never text`(text: String, hasEscapeKey: Bool) {
        let bytes = Array(text.utf8)
        for split in 1..<bytes.count {
            var decoder = KeyDecoder()
            decoder.append(bytes[..<split])
            var seen = tokens(&decoder, hasEscapeKey: hasEscapeKey)
            // 100 milliseconds.
            let patience = decoder.patience(hasEscapeKey: hasEscapeKey)
            if patience >= 0, patience < 100, let token = decoder.silence(hasEscapeKey: hasEscapeKey) {
                seen.append(token)
            }
            // After the button's letter alone nothing tells the three bytes of X10's mouse from keys.
            if text.hasPrefix("\u{1B}[M"), split == 3 { continue }
            // Among vi's keys Escape and then P, typed ahead, are two commands.
            if hasEscapeKey, split == 2, !["[", "O", "\u{1B}"].contains(text.dropFirst().first) { continue }
            decoder.append(bytes[split...])
            seen += tokens(&decoder, hasEscapeKey: hasEscapeKey)
            let typed = seen.filter { if case .character = $0 { true } else { false } }
            #expect(typed.isEmpty, "split at \(split): \(seen)")
        }
    }

    @Test func `What follows a sequence that is cut for good is text`() {
        for text in ["\u{1B}[", "\u{1B}[1;", "\u{1B}O", "\u{1B}]11;", "\u{1B}P1$"] {
            var decoder = KeyDecoder()
            decoder.append(Array(text.utf8))
            #expect(decoder.next(hasEscapeKey: false) == nil)
            _ = decoder.silence(hasEscapeKey: false)
            _ = decoder.silence(hasEscapeKey: false)
            decoder.append(Array("hi".utf8))
            #expect(tokens(&decoder) == [.character("h"), .character("i")], "\(text.debugDescription)")
        }
    }

    @Test func `A control character ends a sequence and acts`() {
        for text in ["\u{1B}[", "\u{1B}[1;5", "\u{1B}O", "\u{1B}]11;rgb", "\u{1B}[M", "\u{1B}[M !"] {
            var decoder = KeyDecoder()
            decoder.append(Array(text.utf8) + [0x03])
            #expect(tokens(&decoder) == [.sequence(Array(text.utf8)), .character("\u{3}")], "\(text.debugDescription)")
        }
    }

    @Test func `Escape is a key where it has to be, and Alt elsewhere`() {
        var decoder = KeyDecoder()
        decoder.append(Array("\u{1B}b".utf8))
        #expect(tokens(&decoder) == [.alt("b")])
        decoder.append(Array("\u{1B}b\u{1B}\u{1B}\n".utf8))
        #expect(tokens(&decoder, hasEscapeKey: true) == [.escape, .character("b"), .escape, .alt("\n")])
        decoder.append([0x1B])
        #expect(decoder.next(hasEscapeKey: true) == nil && decoder.patience(hasEscapeKey: true) == 50)
        #expect(decoder.patience(hasEscapeKey: false) == -1)
        #expect(decoder.silence(hasEscapeKey: true) == .escape)
    }

    @Test func `Alt keys that look like the beginning of a string keep their meaning`() {
        for key in "]PX^_" {
            var decoder = KeyDecoder()
            decoder.append(Array("\u{1B}\(key)".utf8))
            #expect(decoder.next(hasEscapeKey: false) == nil)
            #expect(decoder.silence(hasEscapeKey: false) == .alt(key))
        }
    }

    @Test func `Random bytes cut at random never type part of a sequence`() {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<20_000 {
            // Letters that are typed are of another alphabet than what sequences are made of.
            var sent: [UInt8] = []
            var typed: [Character] = []
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                if Bool.random(using: &generator) {
                    let letter = "абвгд".randomElement(using: &generator) ?? "а"
                    sent += Array(String(letter).utf8)
                    typed.append(letter)
                } else {
                    let parameters = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                        UInt8.random(in: 0x30...0x3F, using: &generator)
                    }
                    let final = UInt8.random(in: 0x40...0x7E, using: &generator)
                    // The console's and the mouse's have more behind that byte.
                    guard parameters.count > 0 || ![0x4D, 0x5B].contains(final) else { continue }
                    sent += [0x1B, 0x5B] + parameters + [final]
                }
            }
            var decoder = KeyDecoder()
            var seen: [Character] = []
            while !sent.isEmpty {
                let count = Int.random(in: 1...sent.count, using: &generator)
                decoder.compact()
                decoder.append(sent[..<count])
                sent.removeFirst(count)
                for case .character(let character) in tokens(&decoder) { seen.append(character) }
            }
            #expect(seen == typed)
        }
    }

    @Test(
        arguments: [
            ("\u{1B}[97;5u", [0x01]), ("\u{1B}[13u", [0x0A]), ("\u{1B}[13;2u", [0x0D]), ("\u{1B}[27;2;13~", [0x0D]),
            ("\u{1B}[98;3u", [0x1B, 0x62]), ("\u{1B}[27u", [0x1B]), ("\u{1B}[127u", [0x7F]), ("\u{1B}[97;2u", [0x41]),
            ("\u{1B}[49:33;2u", [0x21]), ("\u{1B}[97;1;228u", [0xC3, 0xA4]), ("\u{1B}[106;5u", [0x0D]),
            ("\u{1B}OM", [0x0A]),
            ("\u{1B}[109;5u", [0x0A]), ("\u{1B}[57400u", [0x31]), ("\u{1B}[97;129u", [0x61]),
        ] as [(String, [UInt8])])
    func `Keys of the protocols mean what they send without one`(sequence: String, bytes: [UInt8]) {
        #expect(KeyMeaning(Array(sequence.utf8)) == .bytes(bytes))
    }

    @Test(arguments: [
        ("\u{1B}[1;5D", "\u{1B}[1;5D"), ("\u{1B}Od", "\u{1B}[1;5D"), ("\u{1B}\u{1B}[D", "\u{1B}[1;5D"),
        ("\u{1B}[7~", "\u{1B}[H"),
        ("\u{1B}[7^", "\u{1B}[H"), ("\u{1B}[1;2D", "\u{1B}[D"), ("\u{1B}[1;1:1A", "\u{1B}[A"),
        ("\u{1B}[57419u", "\u{1B}[A"),
        ("\u{1B}[1;129C", "\u{1B}[C"),
    ])
    func `Keys of the keypads mean what is bound`(sequence: String, bound: String) {
        guard case .sequences(let forms) = KeyMeaning(Array(sequence.utf8)) else {
            Issue.record("\(sequence.debugDescription) is a key of bytes")
            return
        }
        #expect(forms.contains(Array(bound.utf8)))
    }

    @Test(arguments: [
        "\u{1B}[1;2A", "\u{1B}[97;1:3u", "\u{1B}[1;1:3D", "\u{1B}[57358u", "\u{1B}[97;9u", "\u{1B}[5~", "\u{1B}[15;2~",
        "\u{1B}[I",
        "\u{1B}[200;1;1~", "\u{1B}[99999999999999999999u", "\u{1B}[;;u", "\u{1B}[u", "\u{1B}[", "\u{1B}O", "\u{1B}",
    ])
    func `Other keys mean only what they may be bound to themselves`(sequence: String) {
        #expect(KeyMeaning(Array(sequence.utf8)) == .sequences([Array(sequence.utf8)]))
    }
}
