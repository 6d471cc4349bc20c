/// What may open a span: a run of `*`, `_` or `~`, a `[` or a `![`.
struct InlineDelimiter {
    /// The character; `[` for images too.
    let character: Unicode.Scalar
    /// Which of the held pieces it is.
    let piece: Int
    /// How many characters it had at first.
    var length = 1
    /// Whether it could close a span as well.
    var isClosing = false
}
