/// Any key of a decoded object, to find the keys that a program does not know.
package struct AnyKey: CodingKey {
    /// The key's name.
    package let stringValue: String
    /// Always nil: the keys of objects are names.
    package var intValue: Int? { nil }

    /// Makes a key of any name.
    package init(stringValue: String) { self.stringValue = stringValue }
    /// Returns nil: the keys of objects are names.
    package init?(intValue: Int) { nil }
}
