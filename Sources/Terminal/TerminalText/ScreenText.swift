/// Makes text safe to show on a terminal: controls become visible glyphs.
///
/// It works scalar by scalar, without parsing escape sequences: terminals differ in their sequences, but every sequence
/// begins with a control. So text may be cut between any two scalars.
package enum ScreenText {
    /// Makes text safe, except for line feeds and tabs.
    ///
    /// - Parameter text: any text; a carriage return is a control, even before a line feed.
    /// - Returns: `text` itself when nothing in it had to be replaced.
    package static func safe(_ text: String) -> String {
        replacing(text, keepsLayout: true)
    }

    /// Makes text safe for a single line: a line feed becomes `␊` and a tab a space.
    ///
    /// - Parameter text: any text, such as a title, a file name or an error from a server.
    /// - Returns: text without controls; `text` itself when nothing had to be replaced.
    package static func safeLine(_ text: String) -> String {
        replacing(text, keepsLayout: false)
    }

    /// Whether a scalar may be written to a terminal within a line: it is not a control; line feed and tab are.
    package static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
        !isControl(scalar.value)
    }

    private static func replacing(_ text: String, keepsLayout: Bool) -> String {
        guard needsReplacement(text, keepsLayout: keepsLayout) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepsLayout, "\t" where keepsLayout: result.append(scalar)
            case "\t": result.append(" ")
            case _ where isControl(scalar.value): for part in glyph(for: scalar).unicodeScalars { result.append(part) }
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func needsReplacement(_ text: String, keepsLayout: Bool) -> Bool {
        func layout(_ value: UInt32) -> Bool { keepsLayout && (value == 0x0A || value == 0x09) }
        // Most text is ASCII and needs no decoding; the lead bytes of other controls are C2 and above.
        if text.utf8.allSatisfy({ $0 < 0x7F && ($0 >= 0x20 || layout(UInt32($0))) }) { return false }
        return text.unicodeScalars.contains { isControl($0.value) && !layout($0.value) }
    }

    private static func isControl(_ value: UInt32) -> Bool {
        switch value {
        case 0x00...0x1F, 0x7F, 0x80...0x9F: true
        // Bidirectional controls (UAX #9), which show text in another order: CVE-2021-42574.
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        // Line and paragraph separators, at which some terminals break the line.
        case 0x2028, 0x2029: true
        // Deprecated format controls, byte order mark, interlinear annotation, tags: invisible, so they can hide text.
        case 0x206A...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }

    private static func glyph(for scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x00...0x1F: String(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
        case 0x7F: "\u{2421}"
        default:
            "‹U+\(String(repeating: "0", count: max(0, 4 - String(scalar.value, radix: 16).count)))"
                + "\(String(scalar.value, radix: 16, uppercase: true))›"
        }
    }
}
