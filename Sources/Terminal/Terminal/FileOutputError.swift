package import Platform

/// Why an output could not be written.
package struct FileOutputError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What the program has to tell apart.
    package enum Code: Sendable {
        /// Nobody reads any more; a program ends as SIGPIPE would have ended it.
        case brokenPipe
        /// Nobody read on, and the program was told to end meanwhile; see `WaitingWrites`.
        case givenUp
        /// Any other failure, such as a full disk.
        case failed
    }

    /// What the system said.
    package let cause: SystemError

    /// Makes an error.
    package init(_ cause: SystemError) { self.cause = cause }

    /// What the program has to tell apart.
    package var code: Code {
        cause.isBrokenPipe ? .brokenPipe : cause.isGivenUp ? .givenUp : .failed
    }

    /// The failure in words, for people.
    package var description: String {
        "can't write the output: \(cause.reason)"
    }
}
