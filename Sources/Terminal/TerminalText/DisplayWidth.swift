/// The columns of text on a terminal.
///
/// From a table (East Asian Width of Unicode 15.1, UAX #11) rather than `wcwidth`, which depends on the process's
/// locale: in the C locale it knows only ASCII, and a library must not set the locale.
package enum DisplayWidth {
    /// The columns of a text without line feeds.
    ///
    /// - Parameter text: one line, made safe before; a control counts as 0.
    /// - Returns: columns, at least 0.
    package static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// The columns of a grapheme cluster, which terminals draw as one.
    ///
    /// - Parameter character: any cluster.
    /// - Returns: 0, 1 or 2.
    package static func of(_ character: Character) -> Int {
        let scalars = character.unicodeScalars
        let widest = scalars.reduce(0) { max($0, of($1)) }
        // VS16 selects the emoji form, and two regional indicators are a flag: both have two columns (UTS #51).
        let isEmojiForm = scalars.contains("\u{FE0F}") && scalars.first?.properties.isEmoji == true
        let isFlag = scalars.count > 1 && scalars.allSatisfy { (0x1F1E6...0x1F1FF).contains($0.value) }
        return isEmojiForm || isFlag ? 2 : widest
    }

    /// Truncates a line to a number of columns.
    ///
    /// - Parameters:
    ///   - line: one line, made safe before.
    ///   - columns: the most columns; below 1 nothing fits.
    /// - Returns: `line` itself when it fits, else its beginning with `…` at the end.
    package static func truncate(_ line: String, to columns: Int) -> String {
        guard of(line) > columns else { return line }
        guard columns > 0 else { return "" }
        var result = ""
        var used = 0
        for character in line {
            let width = of(character)
            if used + width > columns - 1 { break }
            result.append(character)
            used += width
        }
        return result + "…"
    }

    /// Wraps lines between words to a number of columns.
    ///
    /// - Parameters:
    ///   - text: text made safe before; lines that fit don't change.
    ///   - columns: the most columns; a word that is wider begins a line and is left to the terminal.
    /// - Returns: the text with line feeds in place of spaces.
    package static func wrap(_ text: String, to columns: Int) -> String {
        guard of(text) > columns else { return text }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard of(String(line)) > columns else { return String(line) }
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            var result = String(words[0])
            var used = of(result)
            for word in words.dropFirst() {
                let width = of(String(word))
                if used + 1 + width > columns {
                    result += "\n" + word
                    used = width
                } else {
                    result += " " + word
                    used += 1 + width
                }
            }
            return result
        }.joined(separator: "\n")
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .format, .lineSeparator, .paragraphSeparator: 0
        // The medial vowels and final consonants of Hangul combine with the syllable's first letter.
        case _ where (0x1160...0x11FF).contains(scalar.value): 0
        case _ where scalar.properties.isEmojiPresentation && !(0x1F1E6...0x1F1FF).contains(scalar.value): 2
        case _ where isWide(scalar.value): 2
        default: 1
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        guard value >= 0x1100 else { return false }
        return wide.contains { $0.contains(value) }
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x2FF0...0x303E,
        0x3041...0x3096, 0x3099...0x30FF, 0x3105...0x312F, 0x3131...0x318E, 0x3190...0x31E3, 0x31EF...0x321E,
        0x3220...0x3247, 0x3250...0x4DBF, 0x4E00...0xA48C, 0xA490...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE52, 0xFE54...0xFE66, 0xFE68...0xFE6B, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x16FE4, 0x16FF0...0x16FF1, 0x17000...0x187F7, 0x18800...0x18CD5,
        0x18D00...0x18D08, 0x1AFF0...0x1AFFE, 0x1B000...0x1B122, 0x1B132...0x1B132, 0x1B150...0x1B152,
        0x1B155...0x1B155, 0x1B164...0x1B167, 0x1B170...0x1B2FB, 0x1F200...0x1F202, 0x1F210...0x1F23B,
        0x1F240...0x1F248, 0x1F250...0x1F251, 0x1F260...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
