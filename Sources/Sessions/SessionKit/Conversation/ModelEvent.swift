/// A piece of an answer.
public enum ModelEvent: Hashable, Sendable {
    /// Words, to be put after those that came before.
    case text(String)
    /// What the model reasons before it answers; it is shown and kept apart, and never sent back.
    case reasoning(String)
    /// What the answer cost.
    case usage(TokenUsage)
    /// The model ended the answer, for this reason.
    case finished(FinishReason)
}
