package import Platform

/// Why the terminal can't be used.
package struct TerminalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What can't be done.
    package enum Code: Sendable, Equatable {
        /// Signals can't be caught; `EBUSY` when there is another monitor.
        case signals
        /// Lines can't be edited.
        case editing
    }

    /// What can't be done.
    package let code: Code
    /// The error of the system call.
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
