/// A turn that is saved, and how it ended.
public struct TurnResult: Sendable {
    /// How the answer ended.
    public enum Ending: Sendable {
        /// The model ended it.
        case complete
        /// The task was cancelled, or the receiver of the text failed with this error.
        case interrupted((any Error)?)
        /// The service broke it off.
        case incomplete(any Error)
    }

    /// The saved turn.
    public let turn: Turn
    /// The saved answer.
    public let answer: Message
    /// How the answer ended.
    public let ending: Ending
    /// What the session asked of the model.
    public let settings: SessionSettings
    /// What went along with the prompt.
    public let context: ContextReport
    /// Whether an abandoned prompt of the same words was taken up.
    public let isTakenUp: Bool
}
