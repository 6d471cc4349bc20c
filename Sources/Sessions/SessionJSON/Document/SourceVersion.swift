/// Which state of which source a document was read from, to tell whether that is still what a name leads to.
package struct SourceVersion: Hashable, Sendable {
    private let parts: [Int64]

    /// Takes the numbers that change whenever the source does: of a file, its device, inode, size and time.
    package init(_ parts: [Int64]) { self.parts = parts }
}
