/// A JSON value's text: part of the bytes of the document it was read from, or newly written.
enum JSONText {
    /// A part of the document's bytes.
    case stored(Range<Int>)
    /// New bytes, without line breaks.
    case new([UInt8])
}
