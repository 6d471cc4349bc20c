internal import TerminalText
internal import CLibEdit

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The characters that stand for text while it is edited.
///
/// libedit draws every element of its buffer by itself, at the columns `wcwidth` gives: a combining mark vanishes
/// on a redraw and the cursor drifts. So a grapheme cluster is one element: its precomposed scalar if there is one,
/// else a private-use scalar that stands for exactly this text. The same goes for controls, which would act.
struct ClusterTable {
    private var texts: [String] = []
    private var indices: [[UInt8]: Int] = [:]

    /// Text as what libedit may hold, without a NUL at the end; line feeds and tabs stay.
    mutating func encode(_ text: String) -> [wchar_t] {
        var result: [wchar_t] = []
        result.reserveCapacity(text.utf8.count)
        for character in text {
            if character == "\r\n" {
                result.append(wchar_t(encode(cluster: "\r").value))
                result.append(0x0A)
            } else {
                result.append(wchar_t(encode(cluster: character).value))
            }
        }
        return result
    }

    /// The one scalar for a cluster.
    mutating func encode(cluster: Character) -> Unicode.Scalar {
        let scalars = cluster.unicodeScalars
        let first = scalars[scalars.startIndex]
        if scalars.count == 1 {
            if first == "\n" || first == "\t" || Self.isDrawn(first) { return first }
        } else if let composed = Self.precomposed[cluster] {
            return composed
        }
        return placeholder(for: String(cluster))
    }

    /// The text that an edited line stands for.
    func decode(_ elements: some Sequence<wchar_t>) -> String {
        var result = String.UnicodeScalarView()
        for element in elements {
            let scalar = Unicode.Scalar(UInt32(bitPattern: element)) ?? "\u{FFFD}"
            if let index = Self.index(of: scalar), index < texts.count {
                // One by one: append(contentsOf:) reserves exactly what it needs, and so copies everything each time.
                for scalar in texts[index].unicodeScalars { result.append(scalar) }
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    private mutating func placeholder(for text: String) -> Unicode.Scalar {
        let key = Array(text.utf8)
        if let index = indices[key], let known = Self.scalar(at: index) { return known }
        // There is room for 131,068 different clusters in one run; a paste made to use them up gets U+FFFD.
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

    private static func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x7F { return scalar.value >= 0x20 }
        // -1 is drawn by libedit as \U+XXXX, in columns it knows; 0 is what makes the cursor drift.
        return index(of: scalar) == nil && ScreenText.isSafe(scalar)
            && sesh_character_columns(wchar_t(scalar.value)) != 0
    }

    // The standard library normalises to compare but has no public function to compose. Characters are equal when
    // they are canonically equivalent, so a dictionary keyed by them finds the composed form of a decomposed one.
    private static let precomposed: [Character: Unicode.Scalar] = {
        let ranges: [ClosedRange<UInt32>] = [
            0xC0...0x24F, 0x370...0x6FF, 0x900...0x1FFF, 0x3040...0x30FF, 0xAC00...0xD7A3,
        ]
        var result: [Character: Unicode.Scalar] = [:]
        for value in ranges.joined() {
            guard let scalar = Unicode.Scalar(value), isDrawn(scalar), scalar.properties.generalCategory != .unassigned
            else { continue }
            result[Character(scalar)] = scalar
        }
        return result
    }()
}
