/// A part of a line that is held until the meaning of what stands before it is certain.
struct InlinePiece {
    /// What the scalars are.
    enum Kind: Equatable {
        case text
        case code
        case address
        /// Markers that are shown as they stand as far as no span has used them up.
        case delimiter
    }

    let kind: Kind
    var scalars: [Unicode.Scalar]
    /// The spans that end before the scalars.
    var ends = InlineMarks()
    /// The spans that begin after the scalars.
    var begins = InlineMarks()
}
