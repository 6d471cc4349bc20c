#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

/// Values of the types that session documents are made of. Each is a flaw at the value's first byte if it is another.
extension JSONScanner {
    /// More digits than any `Double` needs (767, for the least one halved), and few enough to be made text.
    private static let longestNumber = 1024

    /// Takes a string.
    mutating func string() throws(JSONFlaw) -> String { string(of: try skipString()) }

    /// Takes a string, or null as nil.
    mutating func optionalString() throws(JSONFlaw) -> String? {
        if try takeNull() { return nil }
        guard peek() == UInt8(ascii: "\"") else { throw flaw("a string or null was expected") }
        return try string()
    }

    /// Takes a whole number from 0 to 2⁵³ − 1.
    mutating func count() throws(JSONFlaw) -> Int {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek()) else {
            throw flaw("a whole number was expected")
        }
        let token = try skipNumber()
        guard token.count <= Self.longestNumber, let value = Int(text(of: token)), value <= InteroperableInteger.largest
        else {
            throw JSONFlaw(at: token.lowerBound, "a whole number below 2⁵³ was expected")
        }
        return value
    }

    /// Takes a whole number from 0 to 2⁵³ − 1, or null as nil.
    mutating func optionalCount() throws(JSONFlaw) -> Int? { try takeNull() ? nil : try count() }

    /// Takes a number that a `Double` can hold, or null as nil.
    mutating func optionalNumber() throws(JSONFlaw) -> Double? {
        if try takeNull() { return nil }
        let first = peek()
        guard first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw flaw("a number was expected")
        }
        let token = try skipNumber()
        guard token.count <= Self.longestNumber, let value = Double(text(of: token)), value.isFinite else {
            throw JSONFlaw(at: token.lowerBound, "the number is too large or too long")
        }
        return value
    }

    /// Takes a time, or null as nil.
    mutating func optionalDate() throws(JSONFlaw) -> Date? {
        try optional("a time such as 2026-11-21T02:15:00.000Z was expected") { Timestamp.date(from: $0) }
    }

    /// Takes a turn's identity, or null as nil.
    ///
    /// - Parameter likely: a turn that it probably is, whose storage is shared then.
    mutating func optionalTurn(likely: TurnID? = nil) throws(JSONFlaw) -> TurnID? {
        if let likely, takeString(likely.rawValue) { return likely }
        return try optional("a turn's identity (a ULID) was expected") { TurnID($0) }
    }

    /// Takes a model reference, or null as nil.
    mutating func optionalModel() throws(JSONFlaw) -> ModelReference? {
        try optional("a model reference such as provider:model was expected") { ModelReference($0) }
    }

    private mutating func optional<Value>(
        _ problem: String, _ read: (String) -> Value?
    ) throws(JSONFlaw) -> Value? {
        skipSpace()
        let start = position
        guard let text = try optionalString() else { return nil }
        guard let value = read(text) else { throw JSONFlaw(at: start, problem) }
        return value
    }
}
