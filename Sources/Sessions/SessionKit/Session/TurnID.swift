#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The identity of a turn: a ULID, 26 characters of Crockford's base 32 that sort by time
/// (https://github.com/ulid/spec).
public struct TurnID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The ULID as text, upper case.
    public let rawValue: String

    /// Takes a ULID as text; lower case is accepted and becomes upper case.
    ///
    /// - Returns: nil if the text is not 26 characters of the alphabet or exceeds 128 bits.
    public init?(_ text: String) {
        guard text.utf8.count == 26 else { return nil }
        // A large session has a hundred thousand of them, nearly all in upper case: those are taken as they are.
        if text.utf8.allSatisfy(Self.isDigit) {
            rawValue = text
        } else {
            // ASCII only: `uppercased()` would make an `S` of the long s and two of them of a sharp one.
            let bytes = text.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
            guard bytes.allSatisfy(Self.isDigit) else { return nil }
            rawValue = String(decoding: bytes, as: UTF8.self)
        }
        guard let first = rawValue.utf8.first, first <= UInt8(ascii: "7") else { return nil }
    }

    /// Whether a byte is a digit of Crockford's base 32, which has no I, L, O and U.
    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "H"), UInt8(ascii: "J"),
            UInt8(ascii: "K"), UInt8(ascii: "M"), UInt8(ascii: "N"), UInt8(ascii: "P")...UInt8(ascii: "T"),
            UInt8(ascii: "V")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    private init(unchecked text: String) { rawValue = text }

    /// Makes a new identity.
    ///
    /// - Parameters:
    ///   - date: the moment it carries, in whole milliseconds since 1970; a date before that counts as 1970.
    ///   - generator: where its 80 random bits come from.
    public static func generate(at date: Date, using generator: inout some RandomNumberGenerator) -> TurnID {
        var time = UInt64(max(0, Timestamp.milliseconds(of: date))) & 0xFFFF_FFFF_FFFF
        var characters = [UInt8](repeating: 0, count: 26)
        for place in stride(from: 9, through: 0, by: -1) {
            characters[place] = alphabet[Int(time & 31)]
            time >>= 5
        }
        for place in 10..<26 { characters[place] = alphabet[Int.random(in: 0..<32, using: &generator)] }
        return TurnID(unchecked: String(decoding: characters, as: UTF8.self))
    }

    /// Makes a new identity from the present time and the system's random numbers.
    public static func generate(at date: Date = Date()) -> TurnID {
        var generator = SystemRandomNumberGenerator()
        return generate(at: date, using: &generator)
    }

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// Orders turns by the time they began.
    public static func < (left: TurnID, right: TurnID) -> Bool { left.rawValue < right.rawValue }

    /// The ULID as text.
    public var description: String { rawValue }
}
