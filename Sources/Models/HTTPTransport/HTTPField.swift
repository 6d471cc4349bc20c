/// One header field of a request or a response.
package struct HTTPField: Sendable, Equatable {
    /// The name as it was written; names compare without regard to case (RFC 9110 section 5.1).
    package let name: String
    /// The value without the white space around it.
    package let value: String

    /// Creates a field.
    /// - Parameters:
    ///   - name: a token in the sense of RFC 9110; checked when the request is sent.
    ///   - value: any text without control characters; checked when the request is sent.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A field's value may be a key, and a description ends in logs and test output: only the name is shown.
extension HTTPField: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(name): …" }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
