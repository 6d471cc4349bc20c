/// What tells whether two prompts have the same bytes without having both: a length and a SHA-256 hash.
///
/// A database keeps it beside a pending prompt, so that finding one of the same words reads none.
public struct ContentDigest: Hashable, Sendable {
    /// How many bytes of UTF-8 the words have.
    public let length: Int
    /// The SHA-256 hash of those bytes, 32 bytes (FIPS 180-4).
    public let hash: [UInt8]

    /// Computes the digest of content.
    public init(_ content: Content) {
        var text = content.text
        (length, hash) = text.withUTF8 { ($0.count, SHA256.hash($0)) }
    }

    /// Takes a digest that a store has kept.
    ///
    /// - Parameters:
    ///   - length: the number of bytes, 0 or more.
    ///   - hash: 32 bytes.
    public init(length: Int, hash: [UInt8]) {
        self.length = length
        self.hash = hash
    }

    /// Whether it is the digest of this content; most others differ in length, so that they are not hashed.
    public func matches(_ content: Content) -> Bool {
        content.text.utf8.count == length && ContentDigest(content).hash == hash
    }
}
