/// A part of a line that is held until its style is certain.
struct InlinePiece {
    /// The kind of text.
    enum Kind: Equatable {
        case text
        case code
        case address
        /// Markers, of which those are shown as text that no span uses.
        case delimiter
    }

    let kind: Kind
    var scalars: [Unicode.Scalar]
    /// The spans that end before the scalars.
    var ends = InlineMarks()
    /// The spans that begin after the scalars.
    var begins = InlineMarks()
}

/// How many spans of each kind begin, end or are open at a place.
struct InlineMarks: Equatable, Sendable {
    var strong = 0
    var emphasis = 0
    var struck = 0
    var link = 0

    static func += (left: inout Self, right: Self) {
        left.strong += right.strong
        left.emphasis += right.emphasis
        left.struck += right.struck
        left.link += right.link
    }

    static func -= (left: inout Self, right: Self) {
        left.strong -= right.strong
        left.emphasis -= right.emphasis
        left.struck -= right.struck
        left.link -= right.link
    }

    /// The style of text inside these spans.
    func style(over base: TextStyle) -> TextStyle {
        var style = base
        if strong > 0 { style.attributes.insert(.bold) }
        if emphasis > 0 { style.attributes.insert(.italic) }
        if struck > 0 { style.attributes.insert(.struck) }
        if link > 0 { style.attributes.insert(.underlined) }
        return style
    }
}
