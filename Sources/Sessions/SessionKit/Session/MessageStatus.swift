/// Whether an answer is whole.
public enum MessageStatus: String, Sendable {
    /// The model said all it wanted to say.
    case complete
    /// The person, or a signal, stopped it; what had arrived is kept.
    case interrupted
    /// The service broke off; what had arrived is kept.
    case incomplete
}
