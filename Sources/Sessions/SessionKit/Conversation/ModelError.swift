/// What can go wrong with a model: a code to decide by, a message that names the thing and the way out, and the cause.
public struct ModelError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; later versions may know more, so that a switch needs a default.
    public struct Code: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        /// Its name.
        public let rawValue: String
        /// Takes a name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The name.
        public var description: String { rawValue }

        /// The service could not be reached, or the connection could not be made safe.
        public static let unreachable = Code(rawValue: "unreachable")
        /// Nothing came for too long.
        public static let timedOut = Code(rawValue: "timedOut")
        /// The service answered that it failed.
        public static let serviceFailed = Code(rawValue: "serviceFailed")
        /// The answer broke off.
        public static let cut = Code(rawValue: "cut")
        /// The service sent what is no answer, or too much of it.
        public static let badAnswer = Code(rawValue: "badAnswer")
        /// The answer ended without a visible word.
        public static let emptyAnswer = Code(rawValue: "emptyAnswer")
        /// The request is longer than the model's window.
        public static let tooLong = Code(rawValue: "tooLong")
        /// The service would not have the request.
        public static let rejected = Code(rawValue: "rejected")
        /// The key is missing, wrong or not allowed to do this.
        public static let refusedCredentials = Code(rawValue: "refusedCredentials")
        /// There is no such model or provider.
        public static let unknownModel = Code(rawValue: "unknownModel")
        /// Too many requests; trying again later helps.
        public static let rateLimited = Code(rawValue: "rateLimited")
        /// Something in the configuration does not fit.
        public static let configuration = Code(rawValue: "configuration")
    }

    /// What kind of failure it is.
    public let code: Code
    /// What happened, and the way out, for people; it never contains a key.
    public let message: String
    /// How long the service asks to wait, if it said so.
    public let retryAfter: Duration?
    /// With `tooLong`: how many tokens the request has, if that is known.
    public let promptTokens: Int?
    /// With `tooLong`: how many tokens the window has, if that is known.
    public let limit: Int?
    /// What lies beneath, if anything.
    public let cause: (any Error)?

    /// Makes an error.
    public init(
        _ code: Code, _ message: String, retryAfter: Duration? = nil, promptTokens: Int? = nil, limit: Int? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
        self.promptTokens = promptTokens
        self.limit = limit
        self.cause = cause
    }

    /// The message, and the cause's.
    public var description: String { cause.map { "\(message) (\($0))" } ?? message }
}
