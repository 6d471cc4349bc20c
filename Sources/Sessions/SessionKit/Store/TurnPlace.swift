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
