/// What can go wrong with a session: a code to decide by, a message that names the thing and the way out, and the cause.
public struct SessionError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; later versions may know more, so that a switch needs a default.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// Its name.
        public let rawValue: String
        /// Takes a name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The name.
        public var description: String { rawValue }

        /// The text can't be a session id, or the id differs from an existing one only by case.
        public static let invalidID = Code(rawValue: "invalidID")
        /// There is no such session, or no such turn in it.
        public static let notFound = Code(rawValue: "notFound")
        /// The id is taken.
        public static let alreadyExists = Code(rawValue: "alreadyExists")
        /// The prompt has no words, or the answer that is to be stored with it.
        public static let emptyPrompt = Code(rawValue: "emptyPrompt")
        /// A setting, or a model's name, is one that no session can have.
        public static let invalidSetting = Code(rawValue: "invalidSetting")
        /// The file is not a session document.
        public static let malformed = Code(rawValue: "malformed")
        /// The file is of a format that this version does not know.
        public static let newerFormat = Code(rawValue: "newerFormat")
        /// The history holds messages of a kind that this version can show but not continue.
        public static let notContinuable = Code(rawValue: "notContinuable")
        /// A change did not reach the disk, or is not known to have reached it.
        public static let notSaved = Code(rawValue: "notSaved")
        /// Something could not be read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// Somebody else holds a lock, or a turn is live; trying again later helps.
        public static let busy = Code(rawValue: "busy")
        /// The session changed since it was read.
        public static let conflict = Code(rawValue: "conflict")
        /// The sessions directory is one that others could change.
        public static let unsafeDirectory = Code(rawValue: "unsafeDirectory")
        /// There is no turn to take back, or none to restore.
        public static let nothingToDo = Code(rawValue: "nothingToDo")
        /// The server that keeps the sessions can't be reached, or the connection to it broke; nothing was changed.
        public static let storeUnreachable = Code(rawValue: "storeUnreachable")
        /// The server refused this user: a password, a certificate, a right that is missing.
        public static let storeRefused = Code(rawValue: "storeRefused")
        /// The store can't be used as it is set up: an address, a missing library or table, a schema of another version.
        public static let storeMisconfigured = Code(rawValue: "storeMisconfigured")
        /// The task was cancelled before anything changed.
        public static let cancelled = Code(rawValue: "cancelled")
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
