@testable import Terminal
@testable import TerminalText

/// Safe text has no control, says the same wherever it is cut, and is left alone if it was safe.
enum ScreenFuzz {
    static func run(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        let (block, line) = (ScreenText.safe(text), ScreenText.safeLine(text))
        Promise.holds(
            block.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || isHarmless($0) }, "no control is left")
        Promise.holds(line.unicodeScalars.allSatisfy(isHarmless), "no control is left in a line")
        Promise.holds(same(ScreenText.safe(block), block) && same(ScreenText.safeLine(line), line), "safe text stays")
        let scalars = text.unicodeScalars
        if scalars.allSatisfy({ $0 == "\n" || $0 == "\t" || isHarmless($0) }) {
            Promise.holds(same(block, text), "harmless text stays")
        }
        guard let cut = scalars.indices.dropFirst(Int(input.first ?? 0)).first else { return }
        let parts = ScreenText.safe(String(scalars[..<cut])) + ScreenText.safe(String(scalars[cut...]))
        Promise.holds(same(parts, block), "the place of a cut does not show")
    }

    private static func same(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

    /// By Unicode's properties, where the code under test has a table.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if hiding.contains(scalar.value) || scalar.properties.isBidiControl { return false }
        return switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// Deprecated format characters, the byte order mark, annotations and tags, assigned or not.
    private static let hiding: Set<UInt32> = Set(0x206A...0x206F).union([0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB])
        .union(0xE0000...0xE007F)
}
