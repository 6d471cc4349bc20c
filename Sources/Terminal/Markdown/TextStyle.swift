/// How a piece of text looks: attributes, and at most one colour of the terminal's own palette.
struct TextStyle: Equatable, Sendable {
    /// What can be told apart without colour.
    struct Attributes: OptionSet, Sendable {
        let rawValue: UInt8
        static let bold = Self(rawValue: 1)
        static let dim = Self(rawValue: 2)
        static let italic = Self(rawValue: 4)
        static let underlined = Self(rawValue: 8)
        static let struck = Self(rawValue: 16)
    }

    /// A foreground colour, by its parameter of SGR.
    ///
    /// Only colours that themes keep legible on a light and on a dark background.
    enum Colour: UInt8, Sendable {
        case red = 31
        case green = 32
        case magenta = 35
        case cyan = 36
    }

    var attributes: Attributes = []
    var colour: Colour?

    static let plain = TextStyle()
    static let dim = TextStyle(attributes: .dim)

    /// The parameters of the sequence that selects this style when none is selected (ECMA-48, 8.3.117).
    var parameters: String {
        var codes: [UInt8] = []
        if attributes.contains(.bold) { codes.append(1) }
        if attributes.contains(.dim) { codes.append(2) }
        if attributes.contains(.italic) { codes.append(3) }
        if attributes.contains(.underlined) { codes.append(4) }
        if attributes.contains(.struck) { codes.append(9) }
        if let colour { codes.append(colour.rawValue) }
        return codes.map(String.init).joined(separator: ";")
    }
}
