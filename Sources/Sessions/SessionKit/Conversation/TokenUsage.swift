/// How many tokens an answer took, as the service counted them: each from 0 to 2⁵³ − 1.
public struct TokenUsage: Hashable, Sendable {
    /// Tokens of everything that was sent.
    public let inputTokens: Int?
    /// Tokens of the answer.
    public let outputTokens: Int?

    /// Makes a count.
    ///
    /// A service can say anything, and an answer must not be lost for that: what is no number of tokens counts as not
    /// said.
    /// - Parameters:
    ///   - inputTokens: tokens of everything that was sent; nil if the service did not say.
    ///   - outputTokens: tokens of the answer; nil likewise.
    public init(inputTokens: Int? = nil, outputTokens: Int? = nil) {
        self.inputTokens = InteroperableInteger.count(inputTokens)
        self.outputTokens = InteroperableInteger.count(outputTokens)
    }
}
