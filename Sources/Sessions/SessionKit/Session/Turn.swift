/// A prompt and its answer.
///
/// They are stored together or not at all.
public struct Turn: Hashable, Sendable, Identifiable {
    /// The turn's identity.
    public let id: TurnID
    /// All its messages in order: a prompt first, an answer last; a later format may put others between.
    public let messages: [Message]

    /// Makes a turn of messages that share an identity.
    public init(id: TurnID, messages: [Message]) {
        self.id = id
        self.messages = messages
    }

    /// What was asked.
    public var prompt: Message? { messages.first { $0.role == .user } }
    /// What was answered.
    public var answer: Message? { messages.last { $0.role == .assistant } }

    /// Checks that turns can be a history.
    ///
    /// - Throws: `SessionError` with `malformed`, counting from 1, if one does not begin with a prompt and end with an
    ///   answer, or its messages name another turn, or two have the same identity.
    public static func checkHistory(_ turns: [Turn]) throws(SessionError) {
        var seen: Set<TurnID> = []
        for (place, turn) in turns.enumerated() {
            let isWhole =
                turn.messages.first?.role == .user && turn.messages.last?.role == .assistant
                && turn.messages.allSatisfy { $0.turn == turn.id }
            guard isWhole else {
                throw SessionError(.malformed, "Turn \(place + 1) is not a prompt followed by its answer.")
            }
            guard seen.insert(turn.id).inserted else {
                throw SessionError(.malformed, "Turn \(place + 1) has the identity of an earlier one, \(turn.id).")
            }
        }
    }

    /// Groups messages by the turn they name, keeping their order.
    public static func grouping(_ messages: some Sequence<Message>) -> [Turn] {
        var turns: [Turn] = []
        var open: [Message] = []
        for message in messages {
            if let last = open.last, last.turn != message.turn {
                turns.append(Turn(id: last.turn, messages: open))
                open = []
            }
            open.append(message)
        }
        if let last = open.last { turns.append(Turn(id: last.turn, messages: open)) }
        return turns
    }
}
