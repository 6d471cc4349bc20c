/// Which messages of a session to read.
public enum MessageRange: Hashable, Sendable {
    /// Every one.
    case all
    /// The last so many, 0 or more.
    case last(Int)
    /// Those before a turn; `notFound` if the history has no such turn.
    case before(TurnID)
    /// The context of a turn that has begun: what stood in the history then, however many turns slipped in meanwhile.
    ///
    /// It ends with the turn `after`; if that is gone, or does not stand before the turn `replacing`, with the last turn
    /// there. Without `after` it is empty. `last` cuts it to so many messages at its end, 0 or more.
    case context(after: TurnID?, replacing: TurnID?, last: Int?)

    /// Cuts the range out of a whole history; for stores that hold it.
    ///
    /// - Parameters:
    ///   - history: what a store has for each message, oldest first.
    ///   - turn: the turn of one.
    /// - Returns: nil if the turn that the range names is not there.
    public func cut<Element>(_ history: [Element], turn: (Element) -> TurnID) -> ArraySlice<Element>? {
        switch self {
        case .all: return history[...]
        case .last(let count): return history.suffix(max(0, count))
        case .before(let end): return history.firstIndex { turn($0) == end }.map { history[..<$0] }
        case .context(after: nil, _, _): return history[..<0]
        case .context(let after?, let replacing, let count):
            var older = history[...]
            if let last = history.lastIndex(where: { turn($0) == replacing }) {
                older = history[...last]
                while older.last.map({ turn($0) == replacing }) ?? false { older.removeLast() }
            }
            let end = older.lastIndex { turn($0) == after }.map { $0 + 1 } ?? older.endIndex
            return older[..<end].suffix(count.map { max(0, $0) } ?? .max)
        }
    }
}
