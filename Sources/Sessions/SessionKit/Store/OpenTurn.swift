/// A turn whose prompt is saved and whose answer is awaited by this process.
///
/// It has to be ended by `finishTurn`, `releaseTurn` or `withdrawTurn`; if the process dies first, it counts as abandoned.
public struct OpenTurn: Hashable, Sendable, Identifiable {
    /// The turn's identity.
    public let id: TurnID
    /// The session it is in.
    public let session: SessionID
    /// The saved prompt.
    public let prompt: Message
    /// What the model is to be sent before the prompt.
    public let history: [Message]
    /// What the session asks of the model.
    public let settings: SessionSettings
    /// Whether the prompt was there already, abandoned, and has been taken up.
    public let isTakenUp: Bool

    /// Makes an open turn; for stores.
    public init(
        id: TurnID, session: SessionID, prompt: Message, history: [Message], settings: SessionSettings, isTakenUp: Bool
    ) {
        self.id = id
        self.session = session
        self.prompt = prompt
        self.history = history
        self.settings = settings
        self.isTakenUp = isTakenUp
    }

    /// Makes an open turn of what the rules say; for stores.
    public init(_ begun: BegunTurn, in session: SessionID, history: [Message], settings: SessionSettings) {
        self.init(
            id: begun.entry.turn, session: session,
            prompt: Message(prompt: begun.entry, settings: begun.entry.settings),
            history: history, settings: settings, isTakenUp: begun.isTakenUp)
    }
}
