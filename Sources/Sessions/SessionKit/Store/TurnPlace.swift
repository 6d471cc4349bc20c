/// A turn in one session: the copy of a session has turns of the same identities.
package struct TurnPlace: Hashable, Sendable {
    /// The session.
    package let session: SessionID
    /// The turn.
    package let turn: TurnID

    /// Makes a place.
    package init(_ turn: TurnID, in session: SessionID) {
        self.session = session
        self.turn = turn
    }
}

extension OpenTurn {
    /// Where it is.
    package var place: TurnPlace { TurnPlace(id, in: session) }
}
