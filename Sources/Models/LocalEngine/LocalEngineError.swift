/// Why the local model can't be used.
package struct LocalEngineError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; decide by this, never by the text.
    package enum Code: Sendable, Equatable {
        /// No local model, or no engine to run it with, is installed.
        case notInstalled
        /// The file named as a model doesn't exist, can't be read, or isn't a GGUF file.
        case invalidModel
        /// The directory for the socket belongs to somebody else, is open to others, or has too long a path.
        case unsafeDirectory
        /// The engine ended before it was ready.
        case startFailed
        /// The engine runs but was not ready within the time allowed.
        case timedOut
        /// A system call failed.
        case inputOutput
    }

    /// What kind of failure it is.
    package let code: Code
    /// What went wrong and what to do about it, in one or two sentences.
    package let message: String
    /// The error of the system call, if there was one.
    package let cause: (any Error)?

    /// Makes an error.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is.
    ///   - message: What went wrong and what to do about it.
    ///   - cause: The error of the system call.
    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String {
        guard let cause else { return message }
        return "\(message) (\(cause))"
    }
}
