/// A session without its messages: what a list shows, its settings, and the prompts that have no answer yet.
public struct Session: Hashable, Sendable, Identifiable {
    /// What a list shows.
    public var summary: SessionSummary
    /// What it asks of a model.
    public var settings: SessionSettings
    /// Prompts without an answer, oldest first.
    public var pending: [PendingPrompt]

    /// Makes a session.
    public init(summary: SessionSummary, settings: SessionSettings = SessionSettings(), pending: [PendingPrompt] = []) {
        self.summary = summary
        self.settings = settings
        self.pending = pending
    }

    /// The session's name.
    public var id: SessionID { summary.id }
}

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
