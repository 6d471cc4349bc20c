internal import TerminalText

/// The elements that stand for grapheme clusters while text is edited.
///
/// A key moves past or removes one element of libedit's buffer. So a grapheme cluster is one element: its scalar if it
/// has only one, else a private-use scalar for exactly this cluster.
struct ClusterTable {
    private var texts: [String] = []
    private var glyphs: [WideCharacter: LineGlyph] = [:]
    private var indices: [[UInt8]: Int] = [:]

    /// Text as elements for libedit, without a NUL at the end; line feeds and tabs are their own elements.
    mutating func encode(_ text: String) -> [WideCharacter] {
        var result: [WideCharacter] = []
        result.reserveCapacity(text.utf8.count)
        for character in text {
            if character == "\r\n" {
                result.append(WideCharacter(encode(cluster: "\r").value))
                result.append(0x0A)
            } else {
                result.append(WideCharacter(encode(cluster: character).value))
            }
        }
        return result
    }

    /// The scalar for a cluster.
    mutating func encode(cluster: Character) -> Unicode.Scalar {
        let scalars = cluster.unicodeScalars
        let first = scalars[scalars.startIndex]
        if scalars.count == 1 {
            if first == "\n" || first == "\t" || Self.isItself(first) { return first }
        }
        return placeholder(for: String(cluster))
    }

    /// The text of elements.
    func decode(_ elements: some Sequence<WideCharacter>) -> String {
        var result = String.UnicodeScalarView()
        for element in elements {
            let scalar = Unicode.Scalar(UInt32(bitPattern: element)) ?? "\u{FFFD}"
            if let index = Self.index(of: scalar), index < texts.count {
                // One by one: append(contentsOf:) reserves exactly the size it needs, and so copies everything each
                // time.
                for scalar in texts[index].unicodeScalars { result.append(scalar) }
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The glyph of an element other than a line feed or a tab.
    mutating func glyph(for element: WideCharacter) -> LineGlyph {
        if let known = glyphs[element] { return known }
        let glyph = LineGlyph(decode(CollectionOfOne(element)).first ?? "\u{FFFD}")
        glyphs[element] = glyph
        return glyph
    }

    private mutating func placeholder(for text: String) -> Unicode.Scalar {
        let key = Array(text.utf8)
        if let index = indices[key], let known = Self.scalar(at: index) { return known }
        // There is room for 131,068 different clusters in one run; further ones become U+FFFD.
        guard let fresh = Self.scalar(at: texts.count) else { return "\u{FFFD}" }
        indices[key] = texts.count
        texts.append(text)
        return fresh
    }

    // The two private-use planes end in two noncharacters each.
    private static let planeSize = 0xFFFE

    private static func scalar(at index: Int) -> Unicode.Scalar? {
        guard index < 2 * planeSize else { return nil }
        return Unicode.Scalar(UInt32(0xF0000 + index / planeSize * 0x10000 + index % planeSize))
    }

    private static func index(of scalar: Unicode.Scalar) -> Int? {
        guard scalar.value >= 0xF0000, scalar.value & 0xFFFF < planeSize else { return nil }
        return Int(scalar.value - 0xF0000) / 0x10000 * planeSize + Int(scalar.value & 0xFFFF)
    }

    /// Whether a scalar is its own element; not controls, since libedit gives a line feed and a NUL a meaning.
    private static func isItself(_ scalar: Unicode.Scalar) -> Bool {
        index(of: scalar) == nil && ScreenText.isSafe(scalar)
    }
}

/// A character of libedit: the C type `wchar_t`, which is this type on Linux and macOS.
typealias WideCharacter = Int32
