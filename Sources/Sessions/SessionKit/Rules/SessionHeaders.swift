#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What `SessionRules` read of a session: identities and settings, no words of the history.
///
/// Every question is bounded by what is asked, so that a store whose history is long answers it from a few rows: none
/// needs the headers of all messages if each turn carries the settings recorded last and the first role that can't be
/// continued.
public protocol SessionHeaders {
    /// The session's name.
    var id: SessionID { get }
    /// What the session asks of a model now.
    var settings: SessionSettings { get }
    /// The prompts without an answer, oldest first.
    var pendingHeaders: [PendingHeader] { get }

    /// Whether a pending prompt has words with this digest.
    func hasWords(_ digest: ContentDigest, pending turn: TurnID) -> Bool
    /// The turns that left the history, the latest last.
    var undoneTurns: [UndoneTurn] { get }

    /// The identities of the last turns of the history, the last one first.
    ///
    /// - Parameter count: how many at most, 1 or more. `begin` and `redo` ask for 2, `finish` too; `undo` for one more
    ///   than are to be taken back.
    func lastTurns(_ count: Int) -> [TurnID]

    /// Whether the history has a turn.
    func contains(_ turn: TurnID) -> Bool

    /// The settings that the history recorded last; empty ones if it recorded none.
    ///
    /// - Parameter count: how many turns at the end do not count, 0 or 1.
    func recordedSettings(leavingOut count: Int) throws -> SessionSettings

    /// The first role in the history that this version can't send to a model; nil if there is none.
    ///
    /// - Parameter count: how many turns at the end do not count, 0 or 1.
    func unknownRole(leavingOut count: Int) -> Role?
}

/// What the rules read of a pending prompt.
public struct PendingHeader: Hashable, Sendable {
    /// The turn it will become.
    public let turn: TurnID
    /// The turn whose place it takes when it is answered.
    public let replacing: TurnID?
    /// When it was sent.
    public let createdAt: Date?
    /// What it asked for, where that differed from the turn before.
    public let settings: SessionSettings?
    /// Whether a part of its answer is kept.
    public let hasPartial: Bool

    /// Makes a header.
    public init(
        turn: TurnID, replacing: TurnID? = nil, createdAt: Date? = nil, settings: SessionSettings? = nil,
        hasPartial: Bool = false
    ) {
        self.turn = turn
        self.replacing = replacing
        self.createdAt = createdAt
        self.settings = settings
        self.hasPartial = hasPartial
    }

    /// The header of a prompt.
    public init(_ prompt: PendingPrompt) {
        self.init(
            turn: prompt.turn, replacing: prompt.replacing, createdAt: prompt.createdAt, settings: prompt.settings,
            hasPartial: prompt.partial != nil)
    }
}

/// One move of a turn between the history and the undone ones; a store makes them in order.
public enum HistoryMove: Hashable, Sendable {
    /// The last turn leaves the history for the end of the undone ones, with this entry.
    case retire(UndoneTurn)
    /// The undone turn at this index leaves them for the end of the history.
    case restore(at: Int)

    /// Whether the turn enters the history, as against leaving it.
    public var isRestoring: Bool { if case .restore = self { true } else { false } }
}

/// What a store has to do to begin a turn.
public struct BegunTurn: Hashable, Sendable {
    /// The pending prompt as it is to be saved, with its words as they were given.
    public let entry: PendingPrompt
    /// Whether the entry takes the place of the pending one with its identity, as against following the others.
    public let isTakenUp: Bool
    /// A pending prompt that is to be removed, since the history has its turn.
    public let removed: TurnID?
}

/// What a store has to do to finish a turn: remove its pending prompt, make the moves, add prompt and answer.
public struct FinishedTurn: Hashable, Sendable {
    /// The turn.
    public let turn: TurnID
    /// The moves in the history, before the turn is added.
    public let moves: [HistoryMove]
    /// What the prompt records of the turn's settings.
    public let settings: SessionSettings?
}

/// What the rules read of a message, for stores that hold the whole history.
public protocol MessageHeader {
    /// The turn it belongs to.
    var turn: TurnID { get }
    /// Who said it.
    var role: Role { get }
}

extension Message: MessageHeader {}

/// Answers of a store that holds the whole history.
extension Array where Element: MessageHeader {
    /// The identities of the last turns, the last one first.
    ///
    /// - Parameter count: how many at most.
    public func lastTurns(_ count: Int) -> [TurnID] {
        var turns: [TurnID] = []
        for message in reversed() where message.turn != turns.last {
            if turns.count == count { break }
            turns.append(message.turn)
        }
        return turns
    }

    /// The messages without those of the last turns.
    ///
    /// - Parameter count: how many turns to leave out.
    public func leavingOut(_ count: Int) -> ArraySlice<Element> {
        var rest = self[...]
        for _ in 0..<count {
            guard let last = rest.last?.turn else { break }
            while rest.last?.turn == last { rest.removeLast() }
        }
        return rest
    }

    /// Takes the last turn out.
    ///
    /// - Returns: its messages, oldest first.
    public mutating func removeLastTurn() -> [Element] {
        let start = leavingOut(1).endIndex
        defer { removeSubrange(start...) }
        return Array(self[start...])
    }
}
