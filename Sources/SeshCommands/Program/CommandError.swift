/// A failure that a command finds by itself: what the user typed or configured does not fit.
package struct CommandError: Error, Sendable {
    /// The code the program ends with.
    package let status: ExitStatus
    /// What is wrong and the way out.
    package let message: String

    /// Makes an error.
    package init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
