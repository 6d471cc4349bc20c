/// A piece of an answer.
public enum ModelEvent: Hashable, Sendable {
    /// Words, to be put after those that came before.
    case text(String)
    /// What the model reasons before it answers; it is shown and kept apart, and never sent back.
    case reasoning(String)
    /// Another model than the one that was asked answers, before its first word.
    case answering(ModelReference)
    /// What the answer cost.
    case usage(TokenUsage)
    /// The model ended the answer, for this reason.
    case finished(FinishReason)
}
