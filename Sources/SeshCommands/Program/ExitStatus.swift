/// What the program's exit codes mean; the numbers are those of sysexits(3) where it has one.
package enum ExitStatus: Int32, CaseIterable, Sendable {
    /// Everything that was asked for was done, and is durable.
    case success = 0
    /// A failure that none of the others describes.
    case failure = 1
    /// The command line does not fit: usage, a bad id, an empty prompt.
    case usage = 64
    /// A session file or the input is malformed, or its format is newer.
    case malformed = 65
    /// There is no such session.
    case noSession = 66
    /// The service can't be reached, failed, or cut the answer.
    case unavailable = 69
    /// An I/O error; something was not saved.
    case notSaved = 74
    /// Rate limited, locked or busy: trying again helps.
    case tryAgain = 75
    /// The service refused the key.
    case refused = 77
    /// Something in the configuration: no model, an unknown one, an unsafe directory.
    case configuration = 78

    /// What the code means, for help.
    package var meaning: String {
        switch self {
        case .success: "done, and durable"
        case .failure: "another failure; an answer ended by the model's own length limit or a content filter"
        case .usage: "usage, a bad session id, an empty prompt"
        case .malformed: "a session file or the input is malformed, or its format is newer"
        case .noSession: "no such session"
        case .unavailable: "the service is unreachable, failed, or cut the answer"
        case .notSaved: "an I/O error: not saved"
        case .tryAgain: "rate limited, locked, busy, or no thread left: try again"
        case .refused: "refused credentials"
        case .configuration: "configuration, unknown model, unsafe directory"
        }
    }
}
