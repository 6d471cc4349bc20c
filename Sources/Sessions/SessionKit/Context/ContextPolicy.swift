/// What decides which turns of a session's history go along with a prompt.
///
/// It reads as much of the history as it needs, by range, so that a session of any length costs what is sent of it.
public protocol ContextPolicy: Sendable {
    /// Chooses the turns that go along.
    ///
    /// - Parameters:
    ///   - turn: the turn that has begun.
    ///   - model: who is to answer.
    ///   - history: reads what stood in the history when the turn began.
    /// - Returns: the turns to send, oldest first, and what was left out.
    /// - Throws: `SessionError` if the history can't be read.
    func selection(
        for turn: OpenTurn, to model: any ChatModel, from history: TurnHistory
    ) async throws -> ContextSelection
}

extension ContextPolicy where Self == EverythingPolicy {
    /// The whole history goes along, whatever its length.
    public static var everything: EverythingPolicy { EverythingPolicy() }
}

/// The policy that leaves nothing out.
public struct EverythingPolicy: ContextPolicy {
    /// Makes the policy.
    public init() {}

    /// Chooses the whole history.
    public func selection(
        for turn: OpenTurn, to model: any ChatModel, from history: TurnHistory
    ) async throws -> ContextSelection {
        ContextSelection(try await history.messages())
    }
}

/// What stood in a session's history when a turn began: each read is one snapshot of its end.
public struct TurnHistory: Sendable {
    private let turn: OpenTurn
    private let store: any SessionStore

    /// Joins a turn and the store that it is in.
    public init(of turn: OpenTurn, in store: any SessionStore) {
        self.turn = turn
        self.store = store
    }

    /// Reads messages.
    ///
    /// - Parameter count: how many at the end, 0 or more; nil for all.
    /// - Returns: the messages, oldest first; the first turn may lack its beginning.
    /// - Throws: `SessionError`.
    public func messages(last count: Int? = nil) async throws -> [Message] {
        try await store.read(turn.session, turn.context(last: count)).messages
    }
}

/// The part of a history that goes along with a prompt.
public struct ContextSelection: Hashable, Sendable {
    /// The messages, oldest first.
    public var messages: [Message]
    /// How many turns before them were left out.
    public var leftOutCount: Int

    /// Makes a selection.
    ///
    /// - Parameters:
    ///   - messages: the messages of whole turns, oldest first.
    ///   - leftOutCount: how many turns before them were left out, 0 or more.
    public init(_ messages: [Message], leftOutCount: Int = 0) {
        self.messages = messages
        self.leftOutCount = leftOutCount
    }
}
