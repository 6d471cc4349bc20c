#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// JSON as the program writes it: one line, keys sorted, slashes as they are.
package enum JSONOutput {
    /// Encodes a value.
    package static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Encodes a value as a document for people to read too: indented, with a line feed at its end.
    package static func encodeDocument(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    /// Encodes values as one array, a value a line, so that a long one can be read by eye and by `grep` too.
    package static func encodeLines(_ values: [some Encodable]) throws -> String {
        guard !values.isEmpty else { return "[]" }
        var lines: [String] = []
        for value in values { lines.append(try encode(value)) }
        return "[\n" + lines.joined(separator: ",\n") + "\n]"
    }
}
