/// The sequences that select the style of text (ECMA-48, 8.3.117, SELECT GRAPHIC RENDITION).
package enum SGR {
    /// Resets the style.
    package static let plain = "\u{1B}[0m"

    /// Increased intensity.
    package static let bold: UInt8 = 1
    /// Decreased intensity.
    package static let dim: UInt8 = 2
    /// Italic.
    package static let italic: UInt8 = 3
    /// Underlined.
    package static let underlined: UInt8 = 4
    /// Struck out.
    package static let struck: UInt8 = 9

    /// The foreground colours of the terminal's palette that are legible on light and on dark backgrounds.
    package enum Colour: UInt8, Sendable {
        case red = 31
        case green = 32
        case yellow = 33
        case magenta = 35
        case cyan = 36
    }

    /// The sequence that selects a style after plain text.
    ///
    /// - Parameter parameters: attributes and a colour.
    package static func selecting(_ parameters: [UInt8]) -> String {
        "\u{1B}[\(parameters.map(String.init).joined(separator: ";"))m"
    }
}
