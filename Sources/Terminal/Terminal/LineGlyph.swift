internal import TerminalText

/// How an element of the edited text is drawn: characters and their columns.
///
/// Terminals differ in the widths of clusters, and a wrong width displaces all that follows. So a glyph has only what
/// they agree on: the cluster's characters without those that change only its look (the emoji selector, a skin tone,
/// what is joined by U+200D), whose columns only some terminals count.
struct LineGlyph: Equatable {
    let text: String
    /// Its columns, at least 1.
    let columns: Int
    /// Whether all terminals agree on its columns.
    let isPlain: Bool

    static let blank = LineGlyph(ascii: " ")

    private init(ascii: Character) { (text, columns, isPlain) = (String(ascii), 1, true) }

    /// Makes the glyph of a cluster; that of a control is its picture.
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
            // An invisible character, or one that fonts don't have.
            let base = isKnown && first.properties.generalCategory != .format ? "\u{25CC}" + String(drawn) : "\u{25AF}"
            (text, columns, isPlain) = (base, 1, base == "\u{25AF}")
        } else {
            (text, columns, isPlain) = (String(drawn), width, false)
        }
    }

    /// Whether it is a Latin, Greek or Cyrillic letter, an ideograph, kana, a syllable of Hangul, a quotation mark or
    /// the picture of a control.
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
            // Some terminals draw the rest of a sequence, such as that of a family, beside the first emoji.
            if scalar == "\u{200D}", isEmoji { break }
            let onlyChangesLook = scalar.properties.generalCategory == .format || scalar.properties.isVariationSelector
            let isTone = index > 0 && scalar.properties.isEmojiModifier
            if !onlyChangesLook, !isTone { result.append(scalar) }
        }
        return result
    }
}
