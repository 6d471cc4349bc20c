/// How many tokens an answer took, as the service counted them.
public struct TokenUsage: Hashable, Sendable {
    /// Tokens of everything that was sent.
    public var inputTokens: Int?
    /// Tokens of the answer.
    public var outputTokens: Int?

    /// Makes a count; nil is what the service did not say.
    public init(inputTokens: Int? = nil, outputTokens: Int? = nil) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
    }
}
