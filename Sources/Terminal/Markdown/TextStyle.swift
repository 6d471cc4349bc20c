internal import TerminalText

/// The style of text: attributes, and at most one colour of the terminal's palette.
struct TextStyle: Equatable, Sendable {
    /// Styles other than colour.
    struct Attributes: OptionSet, Sendable {
        let rawValue: UInt8
        static let bold = Self(rawValue: 1)
        static let dim = Self(rawValue: 2)
        static let italic = Self(rawValue: 4)
        static let underlined = Self(rawValue: 8)
        static let struck = Self(rawValue: 16)
    }

    var attributes: Attributes = []
    var colour: SGR.Colour?

    static let plain = TextStyle()
    static let dim = TextStyle(attributes: .dim)

    /// The parameters of the sequence that selects this style after plain text.
    var parameters: [UInt8] {
        var codes: [UInt8] = []
        if attributes.contains(.bold) { codes.append(SGR.bold) }
        if attributes.contains(.dim) { codes.append(SGR.dim) }
        if attributes.contains(.italic) { codes.append(SGR.italic) }
        if attributes.contains(.underlined) { codes.append(SGR.underlined) }
        if attributes.contains(.struck) { codes.append(SGR.struck) }
        if let colour { codes.append(colour.rawValue) }
        return codes
    }
}

/// A short text in one style.
struct StyledText: Sendable {
    var text: String
    var style: TextStyle

    /// Its columns.
    var width: Int { DisplayWidth.of(text) }
}
