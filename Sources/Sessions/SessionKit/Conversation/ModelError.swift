/// What can go wrong with a model: a code to decide by, a message that names the thing and the way out, and the cause.
public struct ModelError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Code: String, Sendable {
        /// The service could not be reached, or the connection could not be made safe.
        case unreachable
        /// Nothing came for too long.
        case timedOut
        /// The service answered that it failed.
        case serviceFailed
        /// The answer broke off.
        case cut
        /// The service sent what is no answer, or too much of it.
        case badAnswer
        /// The answer ended without a visible word.
        case emptyAnswer
        /// The request is longer than the model's window.
        case tooLong
        /// The service would not have the request.
        case rejected
        /// The key is missing, wrong or not allowed to do this.
        case refusedCredentials
        /// There is no such model or provider.
        case unknownModel
        /// Too many requests; trying again later helps.
        case rateLimited
        /// Something in the configuration does not fit.
        case configuration
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
