/// A fenced code block that is open.
struct Fence {
    let character: Unicode.Scalar
    let length: Int
    /// The indentation of the opening fence, which the lines of code have too.
    let indent: Int
}
