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

    /// Chooses less after a service refused what was sent as too long.
    ///
    /// - Parameters:
    ///   - turn: the turn that has begun.
    ///   - model: who is to answer.
    ///   - refusal: what was sent, and what the service said.
    /// - Returns: what to send instead; nil if nothing else is to be tried.
    /// - Throws: `ModelError` with `tooLong` if nothing would fit.
    func selection(
        for turn: OpenTurn, to model: any ChatModel, after refusal: ContextRefusal
    ) async throws -> ContextSelection?
}

extension ContextPolicy {
    /// Tries nothing else.
    public func selection(
        for turn: OpenTurn, to model: any ChatModel, after refusal: ContextRefusal
    ) async throws -> ContextSelection? { nil }
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
        ContextSelection(try await history.part(last: nil).messages)
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

    /// Reads the last turns.
    ///
    /// - Parameter count: how many messages at the end, 0 or more; nil for all.
    /// - Returns: whole turns, oldest first.
    /// - Throws: `SessionError`.
    public func part(last count: Int?) async throws -> HistoryPart {
        let transcript = try await store.read(turn.session, turn.context(last: count))
        guard let count, transcript.messages.count >= count else { return HistoryPart(messages: transcript.messages) }
        // The first turn may lack its beginning.
        let messages = transcript.messages.drop { $0.role != .user }
        let before = (transcript.session.summary.messageCount - messages.count) / 2
        return HistoryPart(messages: Array(messages), countBefore: max(0, before))
    }
}

/// The end of a history.
public struct HistoryPart: Hashable, Sendable {
    /// The messages of whole turns, oldest first.
    public let messages: [Message]
    /// How many turns stand before them; those that slipped in since the turn began may be counted too.
    public let countBefore: Int

    /// Makes a part.
    public init(messages: [Message], countBefore: Int = 0) {
        self.messages = messages
        self.countBefore = countBefore
    }

    /// Whether it is all.
    public var isWhole: Bool { countBefore == 0 }

    /// The messages by turn.
    public var turns: [Turn] { Turn.grouping(messages) }
}

/// The part of a history that goes along with a prompt.
public struct ContextSelection: Hashable, Sendable {
    /// The messages, oldest first.
    public var messages: [Message]
    /// How many turns before them were left out.
    public var leftOutCount: Int
    /// The turn with which the request begins: the first of the messages, or else the new one.
    public var first: TurnID?
    /// Whether turns are left out here that went along before.
    public var isCut: Bool
    /// How many tokens the request takes by estimate; nil if nobody counted.
    public var estimatedTokens: Int?
    /// The tokens that request and answer may have together; nil if that is not known.
    public var window: Int?

    /// Makes a selection.
    ///
    /// - Parameters:
    ///   - messages: the messages of whole turns, oldest first.
    ///   - leftOutCount: how many turns before them were left out, 0 or more.
    ///   - first: the turn with which the request begins; nil for the first of the messages.
    ///   - isCut: whether turns are left out here that went along before.
    ///   - estimatedTokens: how many tokens the request takes by estimate.
    ///   - window: the tokens that request and answer may have together.
    public init(
        _ messages: [Message], leftOutCount: Int = 0, first: TurnID? = nil, isCut: Bool = false,
        estimatedTokens: Int? = nil, window: Int? = nil
    ) {
        self.messages = messages
        self.leftOutCount = leftOutCount
        self.first = first ?? messages.first?.turn
        self.isCut = isCut
        self.estimatedTokens = estimatedTokens
        self.window = window
    }
}

/// That a service refused a request as too long.
public struct ContextRefusal: Sendable {
    /// What was sent.
    public let selection: ContextSelection
    /// How many tokens it had, if the service said so.
    public let promptTokens: Int?
    /// How many the window has, if the service said so.
    public let limit: Int?

    /// Makes a refusal.
    public init(of selection: ContextSelection, promptTokens: Int?, limit: Int?) {
        self.selection = selection
        self.promptTokens = promptTokens
        self.limit = limit
    }
}
