/// What came back for a prompt.
public struct Answer: Hashable, Sendable {
    /// The words, at least one of them visible.
    public var content: Content
    /// What the model reasoned before them, as far as the service shows it.
    public var reasoning: String?
    /// Which model said them.
    public var model: ModelReference?
    /// Whether that is another model than the session's, which answered this once; the session's stays.
    public var isByAnother = false
    /// Whether they are all.
    public var status: MessageStatus
    /// Why the model stopped.
    public var finishReason: FinishReason?
    /// What it cost.
    public var usage: TokenUsage?
    /// What the model was sent of the history, where that was not all.
    public var context: MessageContext?

    /// Makes an answer.
    public init(
        _ content: Content, model: ModelReference? = nil, status: MessageStatus = .complete,
        finishReason: FinishReason? = nil, usage: TokenUsage? = nil, reasoning: String? = nil,
        context: MessageContext? = nil
    ) {
        self.content = content
        self.model = model
        self.reasoning = reasoning
        self.status = status
        self.finishReason = finishReason
        self.usage = usage
        self.context = context
    }
}
