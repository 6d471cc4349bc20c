/// A line that is the header row of a table if a delimiter row follows.
struct HeaderRow {
    /// The row from its first `|`.
    let scalars: [Unicode.Scalar]
    /// Whether the row has a cell before that `|`, which is on the screen already.
    let isBegun: Bool
}
