/// What a Chat Completions service calls the limit on the answer's tokens.
public enum TokenLimitParameter: String, Sendable, CaseIterable {
    /// The name every compatible server knows. OpenAI's reasoning models refuse it.
    case maxTokens = "max_tokens"
    /// OpenAI's name since its reasoning models. Mistral, for one, refuses it with 422.
    case maxCompletionTokens = "max_completion_tokens"
}
