/// A failure that a command finds by itself: what the user typed or configured does not fit.
package struct CommandError: Error, Sendable {
    /// The code the program ends with.
    package let status: ExitStatus
    /// What is wrong and the way out.
    package let message: String
    /// A word for programs; nil for the status's own.
    package let code: String?

    /// Makes an error.
    package init(_ status: ExitStatus, _ message: String, code: String? = nil) {
        self.status = status
        self.message = message
        self.code = code
    }
}
