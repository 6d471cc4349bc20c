import SessionKit

/// A provider's key.
///
/// It shows itself to nobody: not in a description, not in a dump, not in what a server sends back.
struct APIKey: Sendable {
    /// The key, for a header field and for nothing else.
    let value: String
    /// Where it comes from, for people: a variable's name, or "its key command".
    let source: String

    /// Takes a key as a variable or a command gave it, without the white space around it.
    ///
    /// - Parameters:
    ///   - text: the key.
    ///   - source: where it comes from.
    /// - Throws: `ModelError` with `refusedCredentials` if it has a character that no key has. A line break (a file
    ///   with CRLF line ends) would end the header field, and an error about it further on may print the field.
    init(_ text: String, from source: String) throws(ModelError) {
        let value = text.trimmed
        guard !value.isEmpty else {
            throw ModelError(.refusedCredentials, "The key from \(source) is empty.")
        }
        guard value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ModelError(
                .refusedCredentials,
                "The key from \(source) has a line break, a space or another character that no key has: set it again.")
        }
        self.value = value
        self.source = source
    }

    /// The text with the key taken out.
    ///
    /// Keys of fewer than eight characters are placeholders ("none", "ollama"), and words like that occur in texts.
    func redacted(in text: String) -> String {
        guard value.utf8.count >= 8 else { return text }
        // On bytes: a combining mark after the key would make its last character another Character.
        let bytes = Array(text.utf8).replacing(Array(value.utf8), with: Array("[key]".utf8))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "the key from \(source)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
