/// How many spans of each kind begin or end at a place, or are open there.
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
