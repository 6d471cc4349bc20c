package import Platform

/// What the system refused that the terminal is worked with.
package struct TerminalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What could not be done.
    package enum Code: Sendable, Equatable {
        /// Signals could not be caught; `EBUSY` when another monitor is in use.
        case signals
        /// Lines could not be edited.
        case editing
    }

    /// What could not be done.
    package let code: Code
    /// What the system said.
    package let cause: SystemError

    /// The failure in words, for people.
    package var description: String {
        switch code {
        case .signals: "can't catch signals: \(cause.reason)"
        case .editing: "can't edit lines on this terminal: \(cause.reason)"
        }
    }

    init(_ code: Code, _ cause: SystemError) { (self.code, self.cause) = (code, cause) }
}
