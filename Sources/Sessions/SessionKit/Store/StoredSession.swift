#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A whole session as the in-memory store keeps it, and what the store's intents do to one.
///
/// The states of its pending prompts are the store's to know; here they mean nothing.
struct StoredSession: Sendable {
    private(set) var session: Session
    private(set) var messages: [Message] = []
    private(set) var undone: [(entry: UndoneTurn, messages: [Message])] = []

    var id: SessionID { session.id }
    var lastTurn: TurnID? { messages.last?.turn }

    init(
        _ id: SessionID, title: String?, settings: SessionSettings, model: ModelReference? = nil, turns: [Turn] = [],
        at now: Date
    ) {
        let created = Timestamp.rounded(now)
        session = Session(
            summary: SessionSummary(id: id, title: title, createdAt: created, updatedAt: created, model: model),
            settings: settings)
        messages = turns.flatMap(\.messages)
        recount()
    }

    init(_ transcript: Transcript) {
        session = transcript.session
        messages = transcript.messages
        recount()
    }

    func turn(_ id: TurnID) -> Turn? {
        let own = messages.filter { $0.turn == id }
        return own.isEmpty ? nil : Turn(id: id, messages: own)
    }

    /// Counts a write and brings the summary up to date.
    mutating func written(at now: Date) {
        session.summary.countWrite(at: now)
        recount()
    }

    private mutating func recount() {
        session.summary.messageCount = messages.count
        session.summary.pendingCount = session.pending.count
        session.summary.preview = SessionSummary.preview(history: messages, pending: session.pending)
    }

    // MARK: Turns

    /// Saves a prompt as pending, or a pending one anew if it has the same identity.
    mutating func begin(_ turn: TurnID, _ prompt: Prompt, at now: Date) throws(SessionError) -> OpenTurn {
        var turn = turn
        if messages.contains(where: { $0.turn == turn }) {
            // Answered already, in a file edited by hand: what comes now is another turn.
            removePending(turn)
            turn = .generate(at: now)
        }
        let place = session.pending.firstIndex { $0.turn == turn }
        // Another try at a turn that is no longer the last is a turn like any other.
        let replacing = prompt.replacing == lastTurn ? prompt.replacing : nil
        let history = replacing == nil ? messages[...] : messages[..<lastTurnStart]
        if let message = history.first(where: { !$0.role.isContinuable }) { throw .unknownRole(message.role, in: id) }
        let pending = PendingPrompt(
            turn: turn, after: history.last?.turn, replacing: replacing,
            createdAt: place.flatMap { session.pending[$0].createdAt } ?? Timestamp.rounded(now), model: prompt.model,
            content: prompt.content, settings: session.settings.recorded(after: history), state: .abandoned)
        if let place { session.pending[place] = pending } else { session.pending.append(pending) }
        return OpenTurn(
            id: turn, session: id, prompt: Message(prompt: pending, settings: pending.settings),
            history: Array(history),
            settings: session.settings, isTakenUp: place != nil)
    }

    /// Moves a prompt from pending to the history, with its answer; nil if it is not pending.
    mutating func finish(_ turn: OpenTurn, with answer: Answer, at now: Date) -> Turn? {
        guard let pending = removePending(turn.id) else { return nil }
        if let old = pending.replacing, old == lastTurn {
            let messages = removeLastTurn()
            undone.append((.replaced(old, after: lastTurn, by: turn.id, at: now), messages))
        }
        let own = [
            Message(prompt: pending, settings: turn.settings.recorded(after: messages)),
            Message(answer: answer, turn: turn.id, at: now),
        ]
        messages += own
        if let model = answer.model { session.summary.model = model }
        return Turn(id: turn.id, messages: own)
    }

    /// Removes a pending prompt, and any other that has its identity.
    ///
    /// - Returns: the first; nil if there is none.
    @discardableResult
    mutating func removePending(_ turn: TurnID) -> PendingPrompt? {
        defer { session.pending.removeAll { $0.turn == turn } }
        return session.pending.first { $0.turn == turn }
    }

    /// Where the last turn's messages begin.
    private var lastTurnStart: Int {
        let last = lastTurn
        return messages.lastIndex { $0.turn != last }.map { $0 + 1 } ?? 0
    }

    private mutating func removeLastTurn() -> [Message] {
        let start = lastTurnStart
        defer { messages.removeSubrange(start...) }
        return Array(messages[start...])
    }

    mutating func undo(at now: Date) -> Turn? {
        guard let last = lastTurn else { return nil }
        let own = removeLastTurn()
        let before = lastTurn
        let restored = UndoneTurn.restored(byUndoing: last, from: undone.map(\.entry)).map { undone.remove(at: $0) }
        if let restored { messages += restored.messages }
        undone.append((.undone(last, after: before, restoring: restored?.entry.turn, at: now), own))
        return Turn(id: last, messages: own)
    }

    mutating func redo(at now: Date) -> Turn? {
        guard let place = UndoneTurn.redoable(from: undone.map(\.entry), after: lastTurn) else { return nil }
        let (entry, own) = undone.remove(at: place)
        if let old = entry.swapsWith {
            let messages = removeLastTurn()
            undone.append((.replaced(old, after: lastTurn, by: entry.turn, at: now), messages))
        }
        messages += own
        return Turn(id: entry.turn, messages: own)
    }

    // MARK: The whole

    mutating func apply(_ changes: [SessionChange]) { for change in changes { change.apply(to: &session) } }

    mutating func reset() {
        messages = []
        undone = []
        session.pending = []
    }

    mutating func rename(to newID: SessionID) {
        session.summary.id = newID
        session.summary.claimedID = nil
    }

    /// The copy under a new id; nil if the turn is not in the history.
    func fork(as newID: SessionID, through turn: TurnID?, at now: Date) -> StoredSession? {
        var copy = StoredSession(newID, title: session.summary.title, settings: session.settings, at: now)
        copy.messages = messages
        if let turn {
            guard let end = messages.lastIndex(where: { $0.turn == turn }) else { return nil }
            copy.messages = Array(messages[...end])
        }
        copy.session.summary.model = session.summary.model
        copy.session.summary.forkedFrom = ForkOrigin(id: id.rawValue, turn: copy.lastTurn)
        copy.recount()
        return copy
    }
}
