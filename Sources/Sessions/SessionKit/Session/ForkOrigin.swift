/// Where a fork came from.
public struct ForkOrigin: Hashable, Sendable {
    /// The session it was copied from, under the name it had then.
    public var id: String
    /// The last turn that was copied; nil if there was none.
    public var turn: TurnID?

    /// Makes an origin.
    public init(id: String, turn: TurnID?) {
        self.id = id
        self.turn = turn
    }
}
