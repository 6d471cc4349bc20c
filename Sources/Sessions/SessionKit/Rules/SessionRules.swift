#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What the intents of `SessionStore` mean, once for every store: pure functions over a session's headers that return
/// what the store has to do.
///
/// A store calls them with the session locked, does what they return and counts the write. How it keeps words, what it
/// shows as a preview, and who holds a turn are its own affair.
public enum SessionRules {
    /// Begins a turn, or another try at a pending one.
    ///
    /// - Parameters:
    ///   - prompt: the words and where they go.
    ///   - pending: the turn of an abandoned prompt that is taken up, if any. It gets a new identity if the history has
    ///     it already, which only a file edited by hand can say.
    ///   - headers: the session.
    ///   - now: the time.
    /// - Throws: `SessionError`, `notContinuable` if the context has messages of an unknown role.
    public static func begin(
        _ prompt: Prompt, takingUp pending: TurnID? = nil, in headers: some SessionHeaders, at now: Date
    ) throws -> BegunTurn {
        let removed = pending.flatMap { headers.contains($0) ? $0 : nil }
        let old = removed == nil ? headers.pendingHeaders.first { $0.turn == pending } : nil
        let last = headers.lastTurns(2)
        // Another try at a turn that is no longer the last is a turn like any other.
        let replacing = prompt.replacing == last.first ? prompt.replacing : nil
        let leftOut = replacing == nil ? 0 : 1
        if let role = headers.unknownRole(leavingOut: leftOut) { throw SessionError.unknownRole(role, in: headers.id) }
        let recorded = try headers.recordedSettings(leavingOut: leftOut)
        let entry = PendingPrompt(
            turn: old?.turn ?? .generate(at: now), after: last.dropFirst(leftOut).first, replacing: replacing,
            createdAt: old?.createdAt ?? Timestamp.rounded(now), model: prompt.model, content: prompt.content,
            settings: headers.settings == recorded ? nil : headers.settings, state: .abandoned)
        return BegunTurn(entry: entry, isTakenUp: old != nil, removed: removed, leftOut: leftOut)
    }

    /// Finishes a turn that the history does not have yet.
    ///
    /// The settings are compared now, not only when the turn began: one that ended in between may have recorded others.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - isHeld: whether the caller holds it.
    ///   - headers: the session.
    ///   - now: the time.
    /// - Throws: `SessionError`, `notSaved` unless the turn is held and pending.
    public static func finish(
        _ turn: OpenTurn, isHeld: Bool, in headers: some SessionHeaders, at now: Date
    ) throws -> FinishedTurn {
        guard isHeld, let pending = headers.pendingHeaders.first(where: { $0.turn == turn.id }) else {
            throw SessionError.unlicensed(turn.id, in: turn.session)
        }
        var moves: [HistoryMove] = []
        let last = headers.lastTurns(2)
        if let old = pending.replacing, old == last.first {
            moves = [.retire(.replaced(old, after: last.dropFirst().first, by: turn.id, at: now))]
        }
        let recorded = try headers.recordedSettings(leavingOut: moves.count)
        return FinishedTurn(moves: moves, settings: turn.settings == recorded ? nil : turn.settings)
    }

    /// Finds a pending prompt that is to be taken up or withdrawn.
    ///
    /// - Throws: `SessionError`, `notFound` if it is not pending.
    public static func pending(_ turn: TurnID, in headers: some SessionHeaders) throws(SessionError) -> PendingHeader {
        guard let header = headers.pendingHeaders.first(where: { $0.turn == turn }) else {
            throw .notPending(turn, in: headers.id)
        }
        return header
    }

    /// Takes the last turns back; a version that one had replaced returns to its place and is the next to go.
    ///
    /// - Parameters:
    ///   - count: how many, 1 or more.
    ///   - headers: the session.
    ///   - now: the time.
    /// - Returns: the moves; those that retire a turn are as many as were asked for.
    /// - Throws: `SessionError`, `nothingToDo` if there are fewer.
    public static func undo(
        _ count: Int, in headers: some SessionHeaders, at now: Date
    ) throws(SessionError) -> [HistoryMove] {
        guard count > 0 else { throw .tooFewToUndo(0, of: count, in: headers.id) }
        var history = Array(headers.lastTurns(count == .max ? count : count + 1).reversed())
        var undone = headers.undoneTurns
        var hasReplaced = undone.contains(where: \.wasReplaced)
        var moves: [HistoryMove] = []
        for step in 0..<count {
            guard let last = history.popLast() else { throw .tooFewToUndo(step, of: count, in: headers.id) }
            // What is undone here replaces nothing, so the search is spared where no retry is left.
            let index = hasReplaced ? UndoneTurn.restored(byUndoing: last, from: undone) : nil
            let entry = UndoneTurn.undone(
                last, after: history.last, restoring: index.map { undone[$0].turn }, at: now)
            undone.append(entry)
            moves.append(.retire(entry))
            if let index {
                history.append(undone.remove(at: index).turn)
                hasReplaced = undone.contains(where: \.wasReplaced)
                moves.append(.restore(at: index))
            }
        }
        return moves
    }

    /// Puts back the turns that were taken back last; one that had replaced another changes places with it again.
    ///
    /// - Parameters:
    ///   - count: how many, 1 or more.
    ///   - headers: the session.
    ///   - now: the time.
    /// - Returns: the moves; those that restore a turn are as many as were asked for.
    /// - Throws: `SessionError`, `nothingToDo` if there are fewer or the history has gone on.
    public static func redo(
        _ count: Int, in headers: some SessionHeaders, at now: Date
    ) throws(SessionError) -> [HistoryMove] {
        guard count > 0 else { throw .tooFewToRedo(0, of: count, in: headers.id) }
        var history = Array(headers.lastTurns(2).reversed())
        var undone = headers.undoneTurns
        var moves: [HistoryMove] = []
        for step in 0..<count {
            guard let index = UndoneTurn.redoable(from: undone, after: history.last) else {
                throw .tooFewToRedo(step, of: count, in: headers.id)
            }
            let turn = undone[index].turn
            if undone[index].swapsWith != nil, let old = history.popLast() {
                let entry = UndoneTurn.replaced(old, after: history.last, by: turn, at: now)
                undone.append(entry)
                moves.append(.retire(entry))
            }
            undone.remove(at: index)
            history.append(turn)
            moves.append(.restore(at: index))
        }
        return moves
    }

    /// The summary of a copy; pending and undone turns stay behind.
    ///
    /// - Parameters:
    ///   - summary: the original's.
    ///   - id: the copy's name.
    ///   - last: the last turn that is copied.
    ///   - now: the time.
    /// - Returns: the summary before its first write is counted.
    public static func fork(
        _ summary: SessionSummary, as id: SessionID, through last: TurnID?, at now: Date
    ) -> SessionSummary {
        let created = Timestamp.rounded(now)
        return SessionSummary(
            id: id, title: summary.title, createdAt: created, updatedAt: created, model: summary.model, revision: 0,
            forkedFrom: ForkOrigin(id: summary.id.rawValue, turn: last))
    }

    /// Changes what a session is called or asks for.
    ///
    /// - Parameters:
    ///   - session: the session as it stands.
    ///   - revision: the revision the changes are based on; nil: no matter.
    ///   - changes: applied in order.
    /// - Returns: the session to write; nil if nothing changes.
    /// - Throws: `SessionError`, `conflict` if the session has moved on, `invalidSetting` if none can be changed so.
    public static func update(
        _ session: Session, ifRevision revision: Int?, _ changes: [SessionChange]
    ) throws(SessionError) -> Session? {
        if let revision, revision != session.summary.revision {
            throw .movedOn(session.id, from: revision, to: session.summary.revision)
        }
        var changed = session
        for change in changes {
            try change.check()
            change.apply(to: &changed)
        }
        return changed == session ? nil : changed
    }
}
