/// Which messages of a session to read.
public enum MessageRange: Hashable, Sendable {
    /// Every one.
    case all
    /// The last so many, 0 or more.
    case last(Int)
    /// Those before a turn; `notFound` if the history has no such turn.
    case before(TurnID)

    /// Cuts the range out of a whole history.
    ///
    /// - Returns: nil if the turn that it names is not there.
    package func cut(_ messages: [Message]) -> [Message]? {
        switch self {
        case .all: messages
        case .last(let count): Array(messages.suffix(max(0, count)))
        case .before(let turn): messages.firstIndex { $0.turn == turn }.map { Array(messages[..<$0]) }
        }
    }
}
