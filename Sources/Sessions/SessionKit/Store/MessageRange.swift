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
    /// - Parameters:
    ///   - history: what a store has for each message, oldest first.
    ///   - turn: the turn of one.
    /// - Returns: nil if the turn that the range names is not there.
    package func cut<Element>(_ history: [Element], turn: (Element) -> TurnID) -> ArraySlice<Element>? {
        switch self {
        case .all: history[...]
        case .last(let count): history.suffix(max(0, count))
        case .before(let end): history.firstIndex { turn($0) == end }.map { history[..<$0] }
        }
    }
}
