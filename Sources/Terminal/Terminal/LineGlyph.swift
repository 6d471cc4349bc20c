internal import TerminalText

/// How one element of an edited text is drawn: characters and the columns they take.
///
/// Terminals differ in how they draw clusters, and a column too many moves all that follows. So a glyph is what they agree
/// on: the cluster's characters without those that only change the look (the emoji selector, a skin tone, what is joined
/// by U+200D), which some count and some don't.
struct LineGlyph: Equatable {
    let text: String
    /// The columns it takes, from 1 up.
    let columns: Int
    /// Whether all terminals are sure to agree on its columns.
    let isPlain: Bool

    static let blank = LineGlyph(ascii: " ")

    private init(ascii: Character) { (text, columns, isPlain) = (String(ascii), 1, true) }

    /// Draws a cluster; a control is shown as its picture.
    init(_ cluster: Character) {
        let scalars = cluster.unicodeScalars
        let first = scalars[scalars.startIndex]
        guard scalars.allSatisfy({ ScreenText.isSafe($0) }) else {
            text = ScreenText.safeLine(String(cluster))
            columns = DisplayWidth.of(text)
            isPlain = text.unicodeScalars.allSatisfy { Self.isUndisputed($0.value) }
            return
        }
        if scalars.count == 1, Self.isUndisputed(first.value) {
            (text, columns, isPlain) = (String(cluster), DisplayWidth.of(cluster), true)
            return
        }
        let drawn = Self.drawn(scalars)
        let width = drawn.reduce(0) { $0 + DisplayWidth.of(Character($1)) }
        let isKnown = drawn.allSatisfy { $0.properties.generalCategory != .unassigned && $0.value < 0xF0000 }
        if width == 0 || !isKnown {
            // Nothing that is seen, or what no font has.
            let base = isKnown && first.properties.generalCategory != .format ? "\u{25CC}" + String(drawn) : "\u{25AF}"
            (text, columns, isPlain) = (base, 1, base == "\u{25AF}")
        } else {
            (text, columns, isPlain) = (String(drawn), width, false)
        }
    }

    /// Latin, Greek and Cyrillic letters, ideographs, kana, syllables of Hangul, quotation marks and the pictures of controls.
    private static func isUndisputed(_ value: UInt32) -> Bool {
        switch value {
        case 0x20..<0x7F, 0xA1..<0xAD, 0xAE..<0x300, 0x390...0x3CE, 0x410...0x44F, 0x2010...0x2027, 0x2039, 0x203A,
            0x2400...0x2421,
            0x3041...0x3096, 0x30A1...0x30FA,
            0x4E00...0x9FFF, 0xAC00...0xD7A3:
            true
        default: false
        }
    }

    private static func drawn(_ scalars: Character.UnicodeScalarView) -> String.UnicodeScalarView {
        var result = String.UnicodeScalarView()
        let isEmoji = scalars.first?.properties.isEmoji == true
        for (index, scalar) in scalars.enumerated() {
            // The rest of a sequence such as a family is drawn beside the first by some terminals.
            if scalar == "\u{200D}", isEmoji { break }
            let onlyChangesLook = scalar.properties.generalCategory == .format || scalar.properties.isVariationSelector
            let isTone = index > 0 && scalar.properties.isEmojiModifier
            if !onlyChangesLook, !isTone { result.append(scalar) }
        }
        return result
    }
}
