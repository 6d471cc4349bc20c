import Platform
import SessionKit
import Terminal

/// An error as the program presents it: the only place where errors become text and exit codes.
package struct Failure: Equatable, Sendable {
    /// The code the program ends with.
    package let status: ExitStatus
    /// One line for people, not yet made safe for a screen.
    package let message: String
    /// A word for programs.
    package let code: String

    /// Makes a presentation.
    package init(status: ExitStatus, message: String, code: String? = nil) {
        self.status = status
        self.message = message
        self.code = code ?? String(describing: status)
    }

    /// Finds the presentation of an error.
    package init(_ error: any Error) {
        switch error {
        case let error as SessionError:
            self.init(
                status: Self.status(of: error.code), message: error.description, code: error.code.rawValue)
        case let error as ModelError:
            self.init(
                status: Self.status(of: error.code), message: Self.text(of: error), code: error.code.rawValue)
        case let error as CommandError: self.init(status: error.status, message: error.message, code: error.code)
        case let error as FileOutputError: self.init(status: .notSaved, message: error.description)
        case let error as ThreadError: self.init(status: .tryAgain, message: error.description)
        case let error as TerminalError: self.init(status: .tryAgain, message: error.description)
        case is CancellationError:
            self.init(
                status: .failure,
                message:
                    "Stopped before the first word of the answer. The prompt is kept; sending it again takes it up.")
        default: self.init(status: .failure, message: String(describing: error))
        }
    }

    private static func status(of code: SessionError.Code) -> ExitStatus {
        switch code {
        case .invalidID, .emptyPrompt, .invalidSetting, .alreadyExists: .usage
        case .malformed, .newerFormat, .notContinuable: .malformed
        case .notFound: .noSession
        case .notSaved, .unreadable: .notSaved
        case .busy, .conflict: .tryAgain
        case .unsafeDirectory, .storeMisconfigured: .configuration
        case .storeUnreachable: .unavailable
        case .storeRefused: .refused
        default: .failure  // Nothing to do, cancelled, and what only a store of somebody else's knows.
        }
    }

    private static func status(of code: ModelError.Code) -> ExitStatus {
        switch code {
        case .unreachable, .timedOut, .serviceFailed, .cut, .badAnswer, .emptyAnswer: .unavailable
        case .refusedCredentials: .refused
        case .unknownModel, .configuration: .configuration
        case .rateLimited: .tryAgain
        default: .failure  // Rejected or too long, and what only a model of somebody else's knows.
        }
    }

    private static func text(of error: ModelError) -> String {
        guard let wait = error.retryAfter else { return error.description }
        return "\(error.description) Try again in \(wait.components.seconds) s."
    }
}

/// A failure that the user has been told of already; what is left is the exit code.
struct ReportedFailure: Error {
    /// The code the program ends with.
    let status: ExitStatus
}
