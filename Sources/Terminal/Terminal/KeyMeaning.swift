/// The meaning of an escape sequence.
enum KeyMeaning: Equatable {
    /// A key that has these bytes where no protocol makes a sequence of it.
    case bytes([UInt8])
    /// A key such as an arrow, as sequences of which the first with a binding counts.
    case sequences([[UInt8]])

    private static let letters = Array("ABCDHF".utf8)
    /// Keys whose sequence has a number, with the letter for the same key.
    private static let numbers: [Int: UInt8] = [
        1: UInt8(ascii: "H"), 7: UInt8(ascii: "H"), 4: UInt8(ascii: "F"), 8: UInt8(ascii: "F"),
    ]
    /// The kitty protocol's numbers for the keypad's own keys ("Functional key definitions").
    private static let keypad: [Int: UInt8] = [
        57417: UInt8(ascii: "D"), 57418: UInt8(ascii: "C"), 57419: UInt8(ascii: "A"), 57420: UInt8(ascii: "B"),
        57423: UInt8(ascii: "H"), 57424: UInt8(ascii: "F"),
    ]
    private static let keypadCharacters: [Int: Character] = [
        57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57415: "=", 57416: ",",
    ]

    /// Interprets a whole sequence.
    init(_ sequence: [UInt8]) {
        let hasAlt = sequence.starts(with: [0x1B, 0x1B])
        let key = hasAlt ? Array(sequence.dropFirst()) : sequence
        let meaning = Self.meaning(key, extra: hasAlt ? .alt : [])
        if case .sequences(let others) = meaning {
            self = .sequences([sequence] + others.filter { $0 != sequence })
        } else {
            self = meaning
        }
    }

    private static func meaning(_ sequence: [UInt8], extra: KeyModifiers) -> KeyMeaning {
        guard sequence.count > 2, let final = sequence.last else { return .sequences([]) }
        let fields = sequence[2..<sequence.count - 1].split(separator: 0x3B, omittingEmptySubsequences: false)
            .map { $0.split(separator: 0x3A, omittingEmptySubsequences: false).map { number($0) } }
        let code = fields.first?.first ?? nil
        let modifierField = fields.count > 1 ? fields[1] : []
        // The release of a key, which the kitty protocol can report, has no function.
        if modifierField.count > 1, modifierField[1] == 3 { return .sequences([]) }
        var modifiers = KeyModifiers(parameter: (modifierField.first ?? nil) ?? 1).union(extra)
        guard sequence[1] == 0x5B else { return single(final, code: code, extra) }
        switch final {
        case UInt8(ascii: "u"):
            let text = fields.count > 2 ? fields[2].compactMap { $0 } : []
            let shifted = fields[0].count > 1 ? fields[0][1] : nil
            return character(code ?? 0, modifiers, shifted: shifted, text: text)
        case UInt8(ascii: "~") where code == 27 && fields.count == 3:
            return character((fields[2].first ?? nil) ?? 0, modifiers, shifted: nil, text: [])
        case UInt8(ascii: "a")...UInt8(ascii: "d") where sequence.count == 3:
            return arrow(final - 0x20, modifiers.union(.shift))
        case _ where letters.contains(final) && (code ?? 1) == 1 && sequence[2] != 0x5B: return arrow(final, modifiers)
        case UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: "$"), UInt8(ascii: "@"):
            if final == UInt8(ascii: "^") || final == UInt8(ascii: "@") { modifiers.insert(.control) }
            if final == UInt8(ascii: "$") || final == UInt8(ascii: "@") { modifiers.insert(.shift) }
            guard let code else { return .sequences([]) }
            if let letter = numbers[code] { return arrow(letter, modifiers) }
            return code == 3 ? delete(modifiers) : .sequences([])
        default: return .sequences([])
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? { Int(String(decoding: digits, as: UTF8.self)) }

    private static func single(_ final: UInt8, code: Int?, _ extra: KeyModifiers) -> KeyMeaning {
        let modifiers = KeyModifiers(parameter: code ?? 1).union(extra)
        switch final {
        case UInt8(ascii: "M"): return enter(modifiers)
        case UInt8(ascii: "a")...UInt8(ascii: "d"): return arrow(final - 0x20, modifiers.union(.control))
        case _ where letters.contains(final): return arrow(final, modifiers)
        default: return .sequences([])
        }
    }

    private static func arrow(_ letter: UInt8, _ modifiers: KeyModifiers) -> KeyMeaning {
        guard modifiers.isDisjoint(with: .others) else { return .sequences([]) }
        let key = String(Unicode.Scalar(letter))
        var forms: [String] = []
        if !modifiers.isEmpty { forms.append("\u{1B}[1;\(modifiers.parameter)\(key)") }
        switch key {
        case "A", "B": if !modifiers.isEmpty { break } else { fallthrough }
        case "H", "F": forms += ["\u{1B}[\(key)", "\u{1B}O\(key)"]
        default:
            let isWord = !modifiers.isDisjoint(with: [.alt, .control])
            forms += isWord ? ["\u{1B}[1;5\(key)"] : ["\u{1B}[\(key)", "\u{1B}O\(key)"]
        }
        return .sequences(forms.map { Array($0.utf8) })
    }

    private static func delete(_ modifiers: KeyModifiers) -> KeyMeaning {
        guard modifiers.isDisjoint(with: .others) else { return .sequences([]) }
        if modifiers.isEmpty { return .sequences([Array("\u{1B}[3~".utf8)]) }
        let isWord = !modifiers.isDisjoint(with: [.alt, .control])
        return .sequences(isWord ? [Array("\u{1B}[3;\(modifiers.parameter)~".utf8), Array("\u{1B}[3;5~".utf8)] : [])
    }

    /// Enter is ^J and a line break ^M; see `LineEditor.bindEssentials`.
    private static func enter(_ modifiers: KeyModifiers) -> KeyMeaning {
        modifiers.isDisjoint(with: .others) ? .bytes([modifiers.isEmpty ? 0x0A : 0x0D]) : .sequences([])
    }

    /// A key that sends a character, in the kitty protocol or xterm's modifyOtherKeys.
    private static func character(
        _ code: Int, _ modifiers: KeyModifiers, shifted: Int?, text: [Int]
    ) -> KeyMeaning {
        guard modifiers.isDisjoint(with: .others) else { return .sequences([]) }
        switch code {
        case 13, 57414: return enter(modifiers)
        case 9: return modifiers.isEmpty ? .bytes([0x09]) : .sequences([])
        case 27: return .bytes([0x1B])
        case 8, 127:
            return .bytes(modifiers.isDisjoint(with: [.alt, .control]) ? [0x7F] : [0x1B, 0x7F])
        case 57399...57408: return .bytes([UInt8(0x30 + code - 57399)])
        default: break
        }
        if let letter = keypad[code] { return arrow(letter, modifiers) }
        if code == 57426 { return delete(modifiers) }
        if let character = keypadCharacters[code] { return .bytes(Array(String(character).utf8)) }
        if modifiers.isDisjoint(with: [.alt, .control]), !text.isEmpty { return typed(text) }
        // The kitty protocol has keys without a character in the private use area.
        guard code >= 0x20, !(0xE000...0xF8FF).contains(code), let scalar = Unicode.Scalar(UInt32(clamping: code)),
            !(0x7F...0x9F).contains(code)
        else { return .sequences([]) }
        if modifiers.contains(.control) { return control(scalar, modifiers) }
        let upper = modifiers.contains(.shift) ? String(scalar).uppercased() : String(scalar)
        let character = shifted.flatMap { Unicode.Scalar(UInt32(clamping: $0)) }.map { String($0) } ?? upper
        return .bytes((modifiers.contains(.alt) ? [0x1B] : []) + Array(character.utf8))
    }

    private static func typed(_ text: [Int]) -> KeyMeaning {
        let scalars = text.compactMap { Unicode.Scalar(UInt32(clamping: $0)) }.filter {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
        }
        return .bytes(Array(String(String.UnicodeScalarView(scalars)).utf8))
    }

    private static func control(_ scalar: Unicode.Scalar, _ modifiers: KeyModifiers) -> KeyMeaning {
        let value = scalar.value
        let byte: UInt8
        switch value {
        case 0x20: byte = 0
        case 0x3F: byte = 0x7F
        case 0x40...0x7E: byte = UInt8(value & 0x1F)
        default: return .sequences([])
        }
        // The terminal swaps the two; see `LineEditor.bindEssentials`.
        let key = byte == 0x0A ? 0x0D : byte == 0x0D ? 0x0A : byte
        // Ctrl-[ is Escape.
        return .bytes((modifiers.contains(.alt) ? [0x1B] : []) + [key])
    }
}

/// The keys that are held while another is pressed, as xterm and kitty number them.
struct KeyModifiers: OptionSet {
    let rawValue: Int
    static let shift = KeyModifiers(rawValue: 1)
    static let alt = KeyModifiers(rawValue: 2)
    static let control = KeyModifiers(rawValue: 4)
    /// Super and Hyper, with which no key has a function.
    static let others = KeyModifiers(rawValue: 8 | 16)

    init(rawValue: Int) { self.rawValue = rawValue }

    /// Reads a sequence's parameter; the locks that kitty reports are ignored, and Meta is Alt.
    init(parameter: Int) {
        let bits = max(0, parameter &- 1)
        self.init(rawValue: (bits & 0x1F) | (bits & 32 != 0 ? 2 : 0))
    }

    var parameter: Int { rawValue + 1 }
}
