#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// JSON as it goes to and comes from services.
enum WireJSON {
    /// Writes a value, the same bytes for the same value.
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }

    /// Adds members to an object.
    ///
    /// - Parameters:
    ///   - members: names that are not there yet, with values that are JSON text.
    ///   - object: what `encode` wrote.
    static func adding(_ members: [String: String], to object: [UInt8]) throws -> [UInt8] {
        var bytes = object
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            bytes.removeLast()
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            bytes += try encode(name)
            bytes += Array(":\(value)}".utf8)
        }
        return bytes
    }

    /// Reads a value.
    ///
    /// - Returns: nil if the bytes are not JSON, or not of this shape.
    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(repairingCharacters(bytes)))
    }

    /// Reads a value that must be there.
    ///
    /// - Parameter what: what the bytes are, for the error.
    static func read<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], of what: String
    ) throws(WireFault) -> Value {
        guard let value = decode(type, from: bytes) else { throw .malformed("\(what) that is not a JSON object") }
        return value
    }

    /// The document with U+FFFD in place of what Foundation's decoder would refuse the whole string for: bytes that are
    /// not UTF-8, and escapes of half a surrogate pair.
    ///
    /// A server that cuts its text by UTF-16 units sends the halves of an emoji in two events.
    static func repairingCharacters(_ bytes: [UInt8]) -> [UInt8] {
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        var repaired = isUTF8 ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
        var index = 0
        while let backslash = repaired[index...].firstIndex(of: UInt8(ascii: "\\")) {
            guard let unit = escapedUnit(repaired, at: backslash) else {
                // Another escape; the escaped character may be a backslash, which then begins no escape.
                index = backslash + 2
                guard index <= repaired.count else { break }
                continue
            }
            index = backslash + 6
            guard (0xD800...0xDFFF).contains(unit) else { continue }
            if unit < 0xDC00, let next = escapedUnit(repaired, at: index), (0xDC00...0xDFFF).contains(next) {
                index += 6
            } else {
                repaired.replaceSubrange(backslash + 2..<index, with: "FFFD".utf8)
            }
        }
        return repaired
    }

    /// The UTF-16 code unit of the escape `\uXXXX` at an index; nil if there is no such escape.
    private static func escapedUnit(_ bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { return nil }
        return UInt16(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
    }
}

extension KeyedDecodingContainer {
    /// Reads a value; nil if it is missing, null or of another shape, since services differ in all of that.
    func lenient<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        (try? decodeIfPresent(type, forKey: key)) ?? nil
    }
}
