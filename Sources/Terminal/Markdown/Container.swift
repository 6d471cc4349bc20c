/// A block that other blocks stand in: a quote or an item of a list.
struct Container {
    /// The marker of a list item as it is shown; nil for a quote.
    var marker: String?
    /// The columns that an item's text is indented by in the source.
    var width = 0
    /// The columns of indentation from which on a line belongs to the item.
    ///
    /// At most two beyond the marker's own: models indent nested lists by two also below a number, where CommonMark
    /// asks for three.
    var leastIndent = 0
    /// Whether a line of it has been shown.
    var isShown = false

    var isQuote: Bool { marker == nil }

    /// Deeper than this markers are text: nobody nests so, and the work for each line stays bounded.
    static let deepest = 16
}
