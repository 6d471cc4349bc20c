#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A whole session as a value, and what the intents of a store do to one: for stores that keep sessions whole.
///
/// The states of its pending prompts are the store's to know; here they mean nothing. Every change follows `SessionRules`
/// and throws what they throw; a session whose change has thrown is to be dropped.
public struct StoredSession: Sendable {
    /// The session without its messages.
    public private(set) var session: Session
    /// The history, oldest first.
    public private(set) var messages: [Message] = []
    /// What was taken out of the history, the latest last.
    public private(set) var undone: [(entry: UndoneTurn, messages: [Message])] = []

    /// The session's name.
    public var id: SessionID { session.id }

    /// Makes a session.
    ///
    /// - Parameters:
    ///   - id: its name.
    ///   - title: a name for people.
    ///   - settings: what it asks of a model.
    ///   - model: the model it goes on with.
    ///   - turns: the history it begins with.
    ///   - now: the time.
    public init(
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

    /// Makes a session of one that was read whole.
    public init(_ transcript: Transcript) {
        session = transcript.session
        messages = transcript.messages
        recount()
    }

    /// A turn of the history; nil if it is not there.
    public func turn(_ id: TurnID) -> Turn? {
        let own = messages.filter { $0.turn == id }
        return own.isEmpty ? nil : Turn(id: id, messages: own)
    }

    /// Counts a write and brings the summary up to date.
    public mutating func written(at now: Date) {
        session.summary.countWrite(at: now)
        recount()
    }

    private mutating func recount() {
        session.summary.messageCount = messages.count
        session.summary.pendingCount = session.pending.count
        session.summary.preview = SessionSummary.preview(history: messages, pending: session.pending)
    }

    // MARK: Turns

    /// Saves a prompt as pending, or a pending one anew.
    public mutating func begin(_ begun: BegunTurn) -> OpenTurn {
        if let removed = begun.removed { removePending(removed) }
        if begun.isTakenUp, let index = session.pending.firstIndex(where: { $0.turn == begun.entry.turn }) {
            session.pending[index] = begun.entry
        } else {
            session.pending.append(begun.entry)
        }
        return OpenTurn(begun, in: id, settings: settings)
    }

    /// Moves a prompt from pending to the history, with its answer.
    public mutating func finish(_ turn: OpenTurn, with answer: Answer, isHeld: Bool, at now: Date) throws -> Turn {
        let finished = try SessionRules.finish(turn, isHeld: isHeld, in: self, at: now)
        guard let pending = removePending(turn.id) else { throw SessionError.unlicensed(turn.id, in: id) }
        return move(
            pending, Message(answer: answer, turn: turn.id, at: now), as: finished, keepsModel: answer.isByAnother)
    }

    private mutating func move(
        _ pending: PendingPrompt, _ answer: Message, as finished: FinishedTurn, keepsModel: Bool = false
    ) -> Turn {
        for move in finished.moves { make(move) }
        let own = [Message(prompt: pending, settings: finished.settings), answer]
        messages += own
        if let model = answer.model, !keepsModel { session.summary.model = model }
        return Turn(id: pending.turn, messages: own)
    }

    /// Keeps a part of an answer beside its pending prompt.
    public mutating func keep(_ partial: PartialAnswer, of turn: OpenTurn, isHeld: Bool) throws {
        try SessionRules.keepPartial(of: turn, in: self, isHeld: isHeld)
        for index in session.pending.indices where session.pending[index].turn == turn.id {
            session.pending[index].partial = partial
        }
    }

    /// Commits what was abandoned with a part of its answer.
    public mutating func settle(at now: Date, isLive: (TurnID) -> Bool) throws {
        while let finished = try SessionRules.settle(self, at: now, isLive: isLive),
            let pending = removePending(finished.turn), let partial = pending.partial
        {
            _ = move(pending, Message(partial: partial, of: pending), as: finished)
            recount()
        }
    }

    /// Removes a pending prompt, and any other that has its identity.
    ///
    /// - Returns: the first; nil if there is none.
    @discardableResult
    public mutating func removePending(_ turn: TurnID) -> PendingPrompt? {
        defer { session.pending.removeAll { $0.turn == turn } }
        return session.pending.first { $0.turn == turn }
    }

    /// Moves a turn between history and undone ones.
    @discardableResult
    private mutating func make(_ move: HistoryMove) -> Turn {
        switch move {
        case .retire(let entry):
            undone.append((entry, messages.removeLastTurn()))
            return Turn(id: entry.turn, messages: undone[undone.endIndex - 1].messages)
        case .restore(let index):
            let (entry, own) = undone.remove(at: index)
            messages += own
            return Turn(id: entry.turn, messages: own)
        }
    }

    /// Takes the last turns out of the history.
    ///
    /// - Returns: the turns, the last one first.
    public mutating func undo(_ count: Int, at now: Date) throws -> [Turn] {
        try SessionRules.undo(count, in: self, at: now).compactMap { move in
            let turn = make(move)
            return move.isRestoring ? nil : turn
        }
    }

    /// Puts back the turns that were undone last.
    ///
    /// - Returns: the turns, oldest first.
    public mutating func redo(_ count: Int, at now: Date) throws -> [Turn] {
        try SessionRules.redo(count, in: self, at: now).compactMap { move in
            let turn = make(move)
            return move.isRestoring ? turn : nil
        }
    }

    // MARK: The whole

    /// Takes on what `SessionRules.update` has returned.
    public mutating func replace(by changed: Session) { session = changed }

    /// Empties the history, and what was taken out of it.
    public mutating func reset() {
        messages = []
        undone = []
        session.pending = []
    }

    /// Gives it another id.
    public mutating func rename(to newID: SessionID) {
        session.summary.id = newID
        session.summary.remark = nil
    }

    /// The copy under a new id; nil if the turn is not in the history.
    public func fork(as newID: SessionID, through turn: TurnID?, at now: Date) -> StoredSession? {
        var copy = self
        if let turn {
            guard let end = messages.lastIndex(where: { $0.turn == turn }) else { return nil }
            copy.messages.removeSubrange((end + 1)...)
        }
        copy.session.pending = []
        copy.undone = []
        copy.session.summary = SessionRules.fork(
            session.summary, as: newID, through: copy.messages.last?.turn, at: now)
        copy.written(at: now)
        return copy
    }
}

extension StoredSession: SessionHeaders {
    /// What it asks of a model now.
    public var settings: SessionSettings { session.settings }
    /// The prompts without an answer.
    public var pendingHeaders: [PendingHeader] { session.pending.map(PendingHeader.init) }
    /// Whether a pending prompt has words with this digest.
    public func hasWords(_ digest: ContentDigest, pending turn: TurnID) -> Bool {
        session.pending.first { $0.turn == turn }.map { digest.matches($0.content) } ?? false
    }
    /// The turns that left the history.
    public var undoneTurns: [UndoneTurn] { undone.map(\.entry) }
    /// The last turns of the history, the last one first.
    public func lastTurns(_ count: Int) -> [TurnID] { messages.lastTurns(count) }
    /// Whether the history has a turn.
    public func contains(_ turn: TurnID) -> Bool { messages.contains { $0.turn == turn } }

    /// The settings that the history recorded last.
    public func recordedSettings(leavingOut count: Int) -> SessionSettings {
        messages.leavingOut(count).last { $0.settings != nil }?.settings ?? SessionSettings()
    }

    /// The first role that can't be sent to a model.
    public func unknownRole(leavingOut count: Int) -> Role? {
        messages.leavingOut(count).first { !$0.role.isContinuable }?.role
    }
}
