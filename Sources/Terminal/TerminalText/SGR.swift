/// The sequences that select how text looks (ECMA-48, 8.3.117, SELECT GRAPHIC RENDITION).
package enum SGR {
    /// Ends every style.
    package static let plain = "\u{1B}[0m"

    /// Strong.
    package static let bold: UInt8 = 1
    /// Weak.
    package static let dim: UInt8 = 2
    /// Slanted.
    package static let italic: UInt8 = 3
    /// With a line below.
    package static let underlined: UInt8 = 4
    /// With a line through it.
    package static let struck: UInt8 = 9

    /// A foreground colour of the terminal's own palette.
    ///
    /// Only colours that themes keep legible on a light and on a dark background.
    package enum Colour: UInt8, Sendable {
        case red = 31
        case green = 32
        case yellow = 33
        case magenta = 35
        case cyan = 36
    }

    /// The sequence that selects a style when none is selected.
    ///
    /// - Parameter parameters: attributes and a colour.
    package static func selecting(_ parameters: [UInt8]) -> String {
        "\u{1B}[\(parameters.map(String.init).joined(separator: ";"))m"
    }
}
