/// A turn whose prompt is saved and whose answer is awaited by this process.
///
/// It carries no history: what a model is sent of it is a `ContextPolicy`'s to read.
/// It has to be ended by `finishTurn`, `releaseTurn` or `withdrawTurn`; if the process dies first, it counts as abandoned.
public struct OpenTurn: Hashable, Sendable, Identifiable {
    /// The turn's identity.
    public let id: TurnID
    /// The session it is in.
    public let session: SessionID
    /// The saved prompt.
    public let prompt: Message
    /// The last turn of its context; nil if the history was empty.
    public let after: TurnID?
    /// The turn that it is another try at.
    public let replacing: TurnID?
    /// What the session asks of the model.
    public let settings: SessionSettings
    /// Whether the prompt was there already, abandoned, and has been taken up.
    public let isTakenUp: Bool

    /// Makes an open turn; for stores.
    public init(
        id: TurnID, session: SessionID, prompt: Message, after: TurnID?, replacing: TurnID? = nil,
        settings: SessionSettings, isTakenUp: Bool
    ) {
        self.id = id
        self.session = session
        self.prompt = prompt
        self.after = after
        self.replacing = replacing
        self.settings = settings
        self.isTakenUp = isTakenUp
    }

    /// Makes an open turn of what the rules say; for stores.
    public init(_ begun: BegunTurn, in session: SessionID, settings: SessionSettings) {
        self.init(
            id: begun.entry.turn, session: session,
            prompt: Message(prompt: begun.entry, settings: begun.entry.settings), after: begun.entry.after,
            replacing: begun.entry.replacing, settings: settings, isTakenUp: begun.isTakenUp)
    }

    /// The range of the history that its context is made of.
    ///
    /// - Parameter count: how many messages at its end; nil for all.
    public func context(last count: Int? = nil) -> MessageRange {
        .context(after: after, replacing: replacing, last: count)
    }
}

/// A turn in one session: the copy of a session has turns of the same identities.
public struct TurnPlace: Hashable, Sendable {
    /// The session.
    public let session: SessionID
    /// The turn.
    public let turn: TurnID

    /// Makes a place.
    public init(_ turn: TurnID, in session: SessionID) {
        self.session = session
        self.turn = turn
    }
}

extension OpenTurn {
    /// Where it is.
    public var place: TurnPlace { TurnPlace(id, in: session) }
}
