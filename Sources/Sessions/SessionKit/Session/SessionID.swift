#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The name of a session: 1 to 128 bytes of `[A-Za-z0-9._@-]`, the first a letter or digit, not ending in `.`,
/// `.json` or `.tmp`.
///
/// The alphabet settles path traversal, NUL bytes, Unicode normalisation and the 255-byte limit of file names at once:
/// no path can be made of an id. UUIDs, `ticket-42` and `sarah@example.com` are all ids.
public struct SessionID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The id as text.
    public let rawValue: String

    /// Checks a text that is to be an id.
    ///
    /// - Parameter text: the candidate.
    /// - Throws: `SessionError` with the code `invalidID`, naming the rule that is broken.
    public init(_ text: String) throws(SessionError) {
        if let flaw = Self.flaw(in: text) {
            throw SessionError(
                .invalidID,
                "'\(text.prefix(140))' can't be a session id: \(flaw). "
                    + "An id is 1 to 128 characters of A-Z a-z 0-9 . _ @ -, the first a letter or digit.")
        }
        rawValue = text
    }

    /// Takes a text that is known to be an id because this type produced it.
    private init(unchecked text: String) { rawValue = text }

    /// Makes an id that sorts by time and is easy to type: `20261121-0215-k3f9`, in UTC.
    ///
    /// - Parameters:
    ///   - date: the moment the id carries, to the minute.
    ///   - generator: where the last four characters come from.
    /// - Returns: an id; 810,000 differ within a minute, so a caller retries on the rare collision.
    public static func generate(at date: Date, using generator: inout some RandomNumberGenerator) -> SessionID {
        let stamp = Timestamp.string(from: date).utf8.prefix(16).filter {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
        }
        let digits = String(decoding: stamp, as: UTF8.self)
        // Without 0, 1, i, l, o and u: nothing to confuse when it is read out or typed from a screen.
        let alphabet = Array("abcdefghjkmnpqrstvwxyz23456789")
        let tail = String((0..<4).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] })
        return SessionID(unchecked: "\(digits.prefix(8))-\(digits.dropFirst(8))-\(tail)")
    }

    /// Makes an id from the present time and the system's random numbers.
    public static func generate(at date: Date = Date()) -> SessionID {
        var generator = SystemRandomNumberGenerator()
        return generate(at: date, using: &generator)
    }

    /// The id with ASCII letters in lower case: two ids with the same folding would be one file on a file system that
    /// folds case.
    public var folded: String { rawValue.lowercased() }

    private static func flaw(in text: String) -> String? {
        let bytes = text.utf8
        guard let first = bytes.first else { return "it is empty" }
        if bytes.count > 128 { return "it has \(bytes.count) bytes" }
        if !isAlphanumeric(first) { return "it must begin with one of A-Z a-z 0-9" }
        if let bad = text.unicodeScalars.first(where: { !isAllowed($0) }) {
            let code = String(bad.value, radix: 16, uppercase: true)
            return "U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code) is not allowed in it"
        }
        let lower = text.lowercased()
        for ending in [".", ".json", ".tmp"] where lower.hasSuffix(ending) { return "it must not end in '\(ending)'" }
        return nil
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return false }
        return isAlphanumeric(UInt8(scalar.value)) || "._@-".unicodeScalars.contains(scalar)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// Orders ids by their bytes.
    public static func < (left: SessionID, right: SessionID) -> Bool { left.rawValue < right.rawValue }

    /// The id as text.
    public var description: String { rawValue }
}
