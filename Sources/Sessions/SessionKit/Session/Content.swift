/// What a prompt or an answer says: the one type that messages, prompts, answers, pending prompts and requests share.
///
/// It is compared by its bytes: Swift's `==` of strings would take two spellings of `é` for one.
public struct Content: Sendable {
    /// The words, exactly as typed or as they arrived.
    public var text: String

    /// Makes content of words.
    public init(_ text: String) { self.text = text }

    /// Whether there is anything to see.
    public var isVisible: Bool { text.hasVisibleWord }
}

extension Content: Hashable {
    /// Whether both have the same bytes.
    public static func == (left: Content, right: Content) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    /// Feeds the bytes to a hasher.
    public func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension Content: ExpressibleByStringInterpolation, CustomStringConvertible {
    /// Makes content of a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// The words.
    public var description: String { text }
}

extension String {
    /// Whether there is anything but white space.
    public var hasVisibleWord: Bool { unicodeScalars.contains { !$0.properties.isWhitespace } }
}
