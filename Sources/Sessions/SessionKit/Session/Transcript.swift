/// A session and messages of it, read at one moment.
public struct Transcript: Hashable, Sendable {
    /// The session they belong to.
    public var session: Session
    /// The messages asked for, oldest first.
    public var messages: [Message]

    /// Makes a transcript.
    public init(session: Session, messages: [Message]) {
        self.session = session
        self.messages = messages
    }

    /// The messages grouped by turn.
    public var turns: [Turn] { Turn.grouping(messages) }
}
