#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import SessionKit

/// What the store's intents do to a document. Nothing here reads or writes a file.
extension SessionDocument {
    /// Saves a prompt as pending, or a pending one anew if it has the same identity.
    ///
    /// - Parameters:
    ///   - turn: the prompt's turn.
    ///   - prompt: the words and where they go.
    ///   - now: the time.
    /// - Returns: the turn, with the history of its context. Its identity is a new one if the history has the turn.
    package mutating func begin(_ turn: TurnID, _ prompt: Prompt, at now: Date) throws -> OpenTurn {
        var turn = turn
        if messages.contains(where: { $0.turn == turn }) {
            // Answered already, in a file edited by hand: what comes now is another turn.
            removePending(turn)
            turn = .generate(at: now)
        }
        let place = pending.firstIndex { $0.prompt.turn == turn }
        // Another try at a turn that is no longer the last is a turn like any other.
        let replacing = prompt.replacing == lastTurn ? prompt.replacing : nil
        let end = replacing == nil ? messages.endIndex : lastTurnStart
        if let role = messages[..<end].first(where: { !$0.role.isContinuable })?.role {
            throw SessionError.unknownRole(role, in: summary.id)
        }
        let history = try messages(messages[..<end])
        let prompt = PendingPrompt(
            turn: turn, after: history.last?.turn, replacing: replacing,
            createdAt: place.flatMap { pending[$0].prompt.createdAt } ?? Timestamp.rounded(now), model: prompt.model,
            content: prompt.content, settings: settings.recorded(after: history), state: .abandoned)
        if let place {
            pending[place].prompt = prompt
            pending[place].range = nil
        } else {
            pending.append(PendingRecord(prompt: prompt))
        }
        return OpenTurn(
            id: turn, session: summary.id, prompt: Message(prompt: prompt, settings: prompt.settings),
            history: history, settings: settings, isTakenUp: place != nil)
    }

    /// Moves a prompt from pending to the history, with its answer.
    ///
    /// - Returns: nil if it is not pending.
    package mutating func finish(_ turn: OpenTurn, with answer: Answer, at now: Date) throws -> Turn? {
        guard let record = removePending(turn.id) else { return nil }
        if let old = record.prompt.replacing, old == lastTurn { replaceLastTurn(by: turn.id, at: now) }
        let recorded = try recordedSettings()
        let prompt = Message(prompt: record.prompt, settings: turn.settings == recorded ? nil : turn.settings)
        let reply = Message(answer: answer, turn: turn.id, at: now)
        append(
            prompt,
            as: .new(
                prompt, extras: MessageCodec.extras(among: record.extras, of: source), settings: record.storedSettings))
        append(reply, as: .new(reply))
        if let model = answer.model { summary.model = model }
        return Turn(id: turn.id, messages: [prompt, reply])
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

    /// Takes the last turn back, and brings back the one that it had replaced.
    ///
    /// - Returns: the turn that was taken back; nil if there is none.
    package mutating func undo(at now: Date) throws -> Turn? {
        guard let last = lastTurn else { return nil }
        let own = removeLastTurn()
        let before = lastTurn
        let place = UndoneTurn.restored(byUndoing: last, from: undone.map(\.entry))
        let restored = place.map { undone.remove(at: $0) }
        if let restored { messages += restored.messages }
        let entry = UndoneTurn.undone(last, after: before, restoring: restored?.entry.turn, at: now)
        undone.append(UndoneRecord(entry: entry, messages: own))
        return Turn(id: last, messages: try messages(own))
    }

    /// Puts back the turn that was taken back last.
    ///
    /// - Returns: the turn; nil if there is none or the history has gone on.
    package mutating func redo(at now: Date) throws -> Turn? {
        guard let place = UndoneTurn.redoable(from: undone.map(\.entry), after: lastTurn) else { return nil }
        let record = undone.remove(at: place)
        if record.entry.swapsWith != nil { replaceLastTurn(by: record.entry.turn, at: now) }
        messages += record.messages
        return Turn(id: record.entry.turn, messages: try messages(record.messages))
    }

    private mutating func replaceLastTurn(by turn: TurnID, at now: Date) {
        guard let old = lastTurn else { return }
        let own = removeLastTurn()
        undone.append(UndoneRecord(entry: .replaced(old, after: lastTurn, by: turn, at: now), messages: own))
    }

    private mutating func removeLastTurn() -> [MessageRecord] {
        let start = lastTurnStart
        defer { messages.removeSubrange(start...) }
        return Array(messages[start...])
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
        let created = Timestamp.rounded(now)
        copy.summary = SessionSummary(
            id: newID, title: summary.title, createdAt: created, updatedAt: created, model: summary.model, revision: 0,
            forkedFrom: ForkOrigin(id: summary.id.rawValue, turn: copy.lastTurn))
        copy.forgetOriginExtras()
        return copy
    }

    /// Counts a write and brings the summary up to date.
    package mutating func countWrite(at now: Date) throws {
        summary.countWrite(at: now)
        summary.claimedID = nil
        summary.messageCount = messages.count
        summary.pendingCount = pending.count
        summary.preview = try currentPreview()
    }
}
