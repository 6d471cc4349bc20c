#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import SessionKit

/// What the store's intents do to a document. Nothing here reads or writes a file.
extension SessionDocument {
    /// Saves a prompt as pending, or a pending one anew.
    package mutating func begin(_ begun: BegunTurn) -> OpenTurn {
        if let removed = begun.removed { removePending(removed) }
        if begun.isTakenUp, let index = pending.firstIndex(where: { $0.prompt.turn == begun.entry.turn }) {
            pending[index].prompt = begun.entry
            pending[index].range = nil
        } else {
            pending.append(PendingRecord(prompt: begun.entry))
        }
        return OpenTurn(begun, in: id, settings: settings)
    }

    /// Moves a prompt from pending to the history, with its answer.
    package mutating func finish(_ turn: OpenTurn, with answer: Answer, isHeld: Bool = true, at now: Date) throws
        -> Turn
    {
        let finished = try SessionRules.finish(turn, isHeld: isHeld, in: self, at: now)
        guard let record = removePending(turn.id) else { throw SessionError.unlicensed(turn.id, in: id) }
        return move(
            record, Message(answer: answer, turn: turn.id, at: now), as: finished, keepsModel: answer.isByAnother)
    }

    private mutating func move(
        _ record: PendingRecord, _ reply: Message, as finished: FinishedTurn, keepsModel: Bool = false
    ) -> Turn {
        for move in finished.moves { make(move) }
        let prompt = Message(prompt: record.prompt, settings: finished.settings)
        append(
            prompt,
            as: .new(
                prompt, extras: MessageCodec.extras(among: record.extras, of: source), settings: record.storedSettings))
        append(reply, as: .new(reply))
        if let model = reply.model, !keepsModel { summary.model = model }
        return Turn(id: prompt.turn, messages: [prompt, reply])
    }

    /// Keeps a part of an answer beside its pending prompt.
    package mutating func keep(_ partial: PartialAnswer, of turn: OpenTurn, isHeld: Bool) throws {
        try SessionRules.keepPartial(of: turn, in: self, isHeld: isHeld)
        for index in pending.indices where pending[index].prompt.turn == turn.id {
            pending[index].prompt.partial = partial
            pending[index].range = nil
        }
    }

    /// Whether a pending prompt has a part of its answer.
    package var hasPartials: Bool { pending.contains { $0.prompt.partial != nil } }

    /// Commits what was abandoned with a part of its answer.
    package mutating func settle(at now: Date, isLive: (TurnID) -> Bool) throws {
        guard hasPartials else { return }
        while let finished = try SessionRules.settle(self, at: now, isLive: isLive),
            let record = removePending(finished.turn), let partial = record.prompt.partial
        {
            _ = move(record, Message(partial: partial, of: record.prompt), as: finished)
            summary.messageCount = messages.count
            summary.pendingCount = pending.count
        }
    }

    /// Puts whole turns at the end of the history.
    package mutating func append(_ turns: [Turn]) {
        for message in turns.lazy.flatMap(\.messages) { append(message, as: .new(message)) }
    }

    private mutating func append(_ message: Message, as text: JSONText) {
        messages.append(
            MessageRecord(text: text, turn: message.turn, role: message.role, hasSettings: message.settings != nil))
    }

    /// Takes a prompt out of the pending ones, and any other that has its identity.
    ///
    /// - Returns: the first; nil if it is not among them.
    @discardableResult
    package mutating func removePending(_ turn: TurnID) -> PendingRecord? {
        defer { pending.removeAll { $0.prompt.turn == turn } }
        return pending.first { $0.prompt.turn == turn }
    }

    /// A turn of the history with its words; nil if it has no such turn.
    package func turn(_ id: TurnID) throws -> Turn? {
        let own = messages.filter { $0.turn == id }
        return own.isEmpty ? nil : Turn(id: id, messages: try messages(own))
    }

    /// Takes the last turns back.
    package mutating func undo(_ count: Int = 1, at now: Date) throws -> [Turn] {
        try SessionRules.undo(count, in: self, at: now).compactMap { move in
            let record = make(move)
            return move.isRestoring ? nil : try turn(of: record)
        }
    }

    /// Puts back the turns that were taken back last.
    package mutating func redo(_ count: Int = 1, at now: Date) throws -> [Turn] {
        try SessionRules.redo(count, in: self, at: now).compactMap { move in
            let record = make(move)
            return move.isRestoring ? try turn(of: record) : nil
        }
    }

    /// Moves a turn between the history and the undone ones.
    @discardableResult
    private mutating func make(_ move: HistoryMove) -> UndoneRecord {
        switch move {
        case .retire(let entry):
            let record = UndoneRecord(entry: entry, messages: messages.removeLastTurn())
            undone.append(record)
            return record
        case .restore(let index):
            let record = undone.remove(at: index)
            messages += record.messages
            return record
        }
    }

    private func turn(of record: UndoneRecord) throws -> Turn {
        Turn(id: record.entry.turn, messages: try messages(record.messages))
    }

    /// Empties the history.
    package mutating func reset() {
        messages = []
        undone = []
        pending = []
    }

    /// The copy under a new id, which shares this one's bytes.
    ///
    /// - Returns: nil if the turn is not in the history.
    package func fork(as newID: SessionID, through turn: TurnID?, at now: Date) -> SessionDocument? {
        var copy = self
        if let turn {
            guard let end = messages.lastIndex(where: { $0.turn == turn }) else { return nil }
            copy.messages.removeSubrange((end + 1)...)
        }
        copy.pending = []
        copy.undone = []
        copy.summary = SessionRules.fork(summary, as: newID, through: copy.messages.last?.turn, at: now)
        copy.forgetOriginExtras()
        return copy
    }

    /// Brings the summary up to date.
    ///
    /// - Parameter now: when the write is that is counted; nil for one that is not.
    package mutating func summarize(writtenAt now: Date?) throws {
        if let now { summary.countWrite(at: now) }
        summary.remark = nil
        summary.messageCount = messages.count
        summary.pendingCount = pending.count
        summary.preview = try currentPreview()
    }
}

extension SessionDocument: SessionHeaders {
    package var id: SessionID { summary.id }
    package var pendingHeaders: [PendingHeader] { pending.map { PendingHeader($0.prompt) } }
    package func hasWords(_ digest: ContentDigest, pending turn: TurnID) -> Bool {
        pending.first { $0.prompt.turn == turn }.map { digest.matches($0.prompt.content) } ?? false
    }
    package var undoneTurns: [UndoneTurn] { undone.map(\.entry) }
    package func lastTurns(_ count: Int) -> [TurnID] { messages.lastTurns(count) }
    package func contains(_ turn: TurnID) -> Bool { messages.contains { $0.turn == turn } }

    package func recordedSettings(leavingOut count: Int) throws -> SessionSettings {
        guard let record = messages.leavingOut(count).last(where: \.hasSettings) else { return SessionSettings() }
        return try message(record).settings ?? SessionSettings()
    }

    package func unknownRole(leavingOut count: Int) -> Role? {
        messages.leavingOut(count).first { !$0.role.isContinuable }?.role
    }
}
