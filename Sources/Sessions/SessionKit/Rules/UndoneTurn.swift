#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Why and from where a turn left the history; a store keeps the turn's messages beside it, on a stack.
///
/// There are two kinds. A turn that a retry took the place of comes back when the retry is undone, never by `redo`.
/// A turn that was undone comes back by `redo` while the turn it would follow is still the last. Undoing a retry
/// restores the version before it, and `redo` then swaps the two again: such an entry names the restored version both
/// as the turn it follows and as the one that stands in its place.
public struct UndoneTurn: Hashable, Sendable {
    /// The turn.
    public let turn: TurnID
    /// The last turn of the history once this one was gone; nil if none was left.
    public let after: TurnID?
    /// The turn that stands in its place; nil if none does.
    public let replacedBy: TurnID?
    /// When it went, to the millisecond.
    public let undoneAt: Date

    /// Makes an entry as it was read from a store.
    public init(turn: TurnID, after: TurnID?, replacedBy: TurnID?, undoneAt: Date) {
        self.turn = turn
        self.after = after
        self.replacedBy = replacedBy
        self.undoneAt = Timestamp.rounded(undoneAt)
    }

    /// The entry of a turn that another try took the place of.
    ///
    /// - Parameters:
    ///   - turn: the old version.
    ///   - after: the turn before it.
    ///   - replacement: the new version.
    ///   - date: now.
    public static func replaced(_ turn: TurnID, after: TurnID?, by replacement: TurnID, at date: Date) -> UndoneTurn {
        UndoneTurn(turn: turn, after: after, replacedBy: replacement, undoneAt: date)
    }

    /// The entry of a turn that was taken back.
    ///
    /// - Parameters:
    ///   - turn: what was the last turn.
    ///   - before: the turn before it.
    ///   - restored: the version that it had replaced and that has returned to its place, if any.
    ///   - date: now.
    public static func undone(
        _ turn: TurnID, after before: TurnID?, restoring restored: TurnID?, at date: Date
    ) -> UndoneTurn {
        UndoneTurn(turn: turn, after: restored ?? before, replacedBy: restored, undoneAt: date)
    }

    /// Whether a retry took its place, as against its having been taken back.
    public var wasReplaced: Bool { replacedBy != nil && replacedBy != after }

    /// On redo, the turn that makes room for this one; nil if this one just follows the history.
    public var swapsWith: TurnID? { wasReplaced ? nil : replacedBy }

    /// The entry that returns to the history when its last turn is undone.
    ///
    /// - Parameters:
    ///   - last: the turn that is being undone.
    ///   - stack: the entries, the latest last.
    /// - Returns: its place on the stack; nil if that turn had replaced none.
    public static func restored(byUndoing last: TurnID, from stack: [UndoneTurn]) -> Int? {
        stack.lastIndex { $0.wasReplaced && $0.replacedBy == last }
    }

    /// The entry that `redo` puts back.
    ///
    /// - Parameters:
    ///   - stack: the entries, the latest last.
    ///   - last: the last turn of the history.
    /// - Returns: its place on the stack; nil if nothing was undone or the history has gone on since.
    public static func redoable(from stack: [UndoneTurn], after last: TurnID?) -> Int? {
        guard let place = stack.lastIndex(where: { !$0.wasReplaced }), stack[place].after == last else { return nil }
        return place
    }
}
