/// What can go wrong with a session: a code to decide by, a message that names the thing and the way out, and the cause.
public struct SessionError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// The text can't be a session id, or the id differs from an existing one only by case.
        case invalidID
        /// There is no such session, or no such turn in it.
        case notFound
        /// The id is taken.
        case alreadyExists
        /// The prompt has no words, or the answer that is to be stored with it.
        case emptyPrompt
        /// A setting, or a model's name, is one that no session can have.
        case invalidSetting
        /// The file is not a session document.
        case malformed
        /// The file is of a format that this version does not know.
        case newerFormat
        /// The history holds messages of a kind that this version can show but not continue.
        case notContinuable
        /// A change did not reach the disk, or is not known to have reached it.
        case notSaved
        /// Something could not be read.
        case unreadable
        /// Somebody else holds a lock, or a turn is live; trying again later helps.
        case busy
        /// The session changed since it was read.
        case conflict
        /// The sessions directory is one that others could change.
        case unsafeDirectory
        /// There is no turn to take back, or none to restore.
        case nothingToDo
        /// The task was cancelled before anything changed.
        case cancelled
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened to what, and the way out, for people.
    public let message: String
    /// What lies beneath, if anything.
    public let cause: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message, and the cause's.
    public var description: String { cause.map { "\(message) (\($0))" } ?? message }
}
