/// Why a model stopped, in the words of the OpenAI Chat Completions API; services may use others.
public struct FinishReason: RawRepresentable, Hashable, Sendable {
    /// The reason as the service named it.
    public let rawValue: String
    /// Takes a reason as the service named it.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The model was done.
    public static let stop = FinishReason(rawValue: "stop")
    /// The limit on tokens, the session's or the model's own, ended the answer.
    public static let length = FinishReason(rawValue: "length")
    /// The service withheld the rest.
    public static let contentFilter = FinishReason(rawValue: "content_filter")
}
