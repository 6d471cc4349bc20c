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
