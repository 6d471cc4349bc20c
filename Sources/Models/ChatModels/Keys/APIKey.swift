import SessionKit

/// A provider's key.
///
/// It is never shown: not in a description, a dump, or a server's message.
struct APIKey: Sendable {
    /// The key, for a header field only.
    let value: String
    /// Where it comes from, for messages: a variable's name, or "the key command of" its provider.
    let source: String

    /// Makes a key of the text of a variable or a command's output, without the white space around it.
    ///
    /// - Parameters:
    ///   - text: the key.
    ///   - source: where it comes from.
    /// - Throws: `ModelError` with `refusedCredentials` if it has a character that no key has. A line break, as in a
    ///   file with CRLF line ends, would end the header field, and a later error might print the field.
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
    /// Keys of fewer than eight characters stay: they are placeholders ("none", "ollama"), words that occur in texts.
    func redacted(in text: String) -> String {
        guard value.utf8.count >= 8 else { return text }
        // On bytes: a combining mark after the key would become part of its last Character.
        let bytes = Array(text.utf8).replacing(Array(value.utf8), with: Array("[key]".utf8))
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "the key from \(source)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
