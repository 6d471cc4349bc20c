/// A member of an object that this version does not interpret: it is kept as it stands.
package struct JSONMember: Hashable {
    /// Where the name stands in the document's bytes, with its quotes.
    var name: Range<Int>
    /// Where the value stands.
    var value: Range<Int>
}
