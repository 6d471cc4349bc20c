/// Any key of a decoded object, so that one that means nothing is found rather than passed over.
package struct AnyKey: CodingKey {
    /// The key's name.
    package let stringValue: String
    /// None: objects have names.
    package var intValue: Int? { nil }

    /// Makes a key of any name.
    package init(stringValue: String) { self.stringValue = stringValue }
    /// Makes none: objects have names.
    package init?(intValue: Int) { nil }
}
