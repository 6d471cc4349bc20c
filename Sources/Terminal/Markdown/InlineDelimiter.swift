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

    /// Whether it can't be closed by a run although both have the same character: the "multiple of 3" rule
    /// (CommonMark 0.31.2, 6.2, rule 9).
    ///
    /// - Parameters:
    ///   - count: the length of the closing run.
    ///   - isBoth: whether the closing run could open a span as well.
    func isAmbiguous(before count: Int, isBoth: Bool) -> Bool {
        (isClosing || isBoth) && (length + count) % 3 == 0 && (length % 3 != 0 || count % 3 != 0)
    }
}
