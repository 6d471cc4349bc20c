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
    /// Begins a turn; an abandoned prompt of the same bytes is taken up instead of adding a second.
    ///
    /// - Parameters:
    ///   - prompt: the words and where they go.
    ///   - headers: the session.
    ///   - now: the time.
    ///   - isLive: whether somebody waits for the answer to a pending prompt.
    /// - Throws: `SessionError`, `notContinuable` if the context has messages of an unknown role; what `isLive` throws.
    public static func begin(
        _ prompt: Prompt, in headers: some SessionHeaders, at now: Date, isLive: (TurnID) throws -> Bool
    ) throws -> BegunTurn {
        let words = ContentDigest(prompt.content)
        // What has a part of its answer is committed as it is, not asked again.
        let abandoned = try headers.pendingHeaders.first {
            try !$0.hasPartial && headers.hasWords(words, pending: $0.turn) && !isLive($0.turn)
        }
        return try begin(prompt, takingUp: abandoned, in: headers, at: now)
    }

    /// Takes an abandoned prompt up again.
    ///
    /// - Parameters:
    ///   - turn: the pending prompt's turn.
    ///   - content: its words.
    ///   - model: the model it goes to now.
    ///   - headers: the session.
    ///   - now: the time.
    ///   - isLive: whether somebody waits for the answer to a pending prompt.
    /// - Throws: `SessionError`, `notFound` if it is not pending, `busy` if it is live, `notContinuable` as `begin`.
    public static func takeUp(
        _ turn: TurnID, _ content: Content, for model: ModelReference?, in headers: some SessionHeaders, at now: Date,
        isLive: (TurnID) throws -> Bool
    ) throws -> BegunTurn {
        let header = try pending(turn, in: headers)
        if try isLive(turn) { throw SessionError.liveTurn(turn, in: headers.id) }
        let prompt = Prompt(content, model: model, replacing: header.replacing)
        return try begin(prompt, takingUp: header, in: headers, at: now)
    }

    /// Begins a turn with a new identity, or with that of an abandoned prompt, which gets another if the history has it
    /// already: only a file edited by hand can say so.
    private static func begin(
        _ prompt: Prompt, takingUp abandoned: PendingHeader?, in headers: some SessionHeaders, at now: Date
    ) throws -> BegunTurn {
        let removed = abandoned.flatMap { headers.contains($0.turn) ? $0.turn : nil }
        let old = removed == nil ? abandoned : nil
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
        return BegunTurn(entry: entry, isTakenUp: old != nil, removed: removed)
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
        return try finish(pending, settings: turn.settings, in: headers, at: now)
    }

    private static func finish(
        _ pending: PendingHeader, settings: SessionSettings, in headers: some SessionHeaders, at now: Date
    ) throws -> FinishedTurn {
        var moves: [HistoryMove] = []
        let last = headers.lastTurns(2)
        if let old = pending.replacing, old == last.first {
            moves = [.retire(.replaced(old, after: last.dropFirst().first, by: pending.turn, at: now))]
        }
        let recorded = try headers.recordedSettings(leavingOut: moves.count)
        return FinishedTurn(turn: pending.turn, moves: moves, settings: settings == recorded ? nil : settings)
    }

    /// Commits a prompt that was abandoned with a part of its answer, as an interrupted turn.
    ///
    /// A store does so before every other change of a session, and shows what it reads as if it had, until none is left.
    ///
    /// - Parameters:
    ///   - headers: the session.
    ///   - now: the time.
    ///   - isLive: whether somebody waits for the answer to a pending prompt.
    /// - Returns: how to finish the first such turn, with the part as its answer; nil if there is none.
    public static func settle(
        _ headers: some SessionHeaders, at now: Date, isLive: (TurnID) throws -> Bool
    ) throws -> FinishedTurn? {
        let pending = try headers.pendingHeaders.first { try $0.hasPartial && !isLive($0.turn) }
        guard let pending else { return nil }
        let recorded = try headers.recordedSettings(leavingOut: 0)
        return try finish(pending, settings: pending.settings ?? recorded, in: headers, at: now)
    }

    /// Checks that a part of an answer can be kept.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - headers: the session.
    ///   - isHeld: whether the caller holds it.
    /// - Throws: `SessionError`, `notSaved` unless the turn is held and pending.
    public static func keepPartial(of turn: OpenTurn, in headers: some SessionHeaders, isHeld: Bool) throws {
        guard isHeld, headers.pendingHeaders.contains(where: { $0.turn == turn.id }) else {
            throw SessionError.unlicensed(turn.id, in: turn.session)
        }
    }

    /// Checks that a pending prompt can be removed.
    ///
    /// - Parameters:
    ///   - turn: its turn.
    ///   - headers: the session.
    ///   - isHeld: whether the caller holds the turn.
    ///   - isLive: whether somebody waits for the answer; asked only of a turn that the caller does not hold.
    /// - Throws: `SessionError`, `notFound` if it is not pending, `busy` if somebody else holds it.
    public static func withdraw(
        _ turn: TurnID, in headers: some SessionHeaders, isHeld: Bool, isLive: (TurnID) throws -> Bool
    ) throws {
        _ = try pending(turn, in: headers)
        if !isHeld, try isLive(turn) { throw SessionError.liveTurn(turn, in: headers.id) }
    }

    /// The pending prompt of a turn.
    private static func pending(_ turn: TurnID, in headers: some SessionHeaders) throws(SessionError) -> PendingHeader {
        guard let header = headers.pendingHeaders.first(where: { $0.turn == turn }) else {
            throw .notPending(turn, in: headers.id)
        }
        return header
    }

    /// Checks that a session can be given another id: not while somebody waits for an answer in it.
    ///
    /// - Parameters:
    ///   - headers: the session.
    ///   - isLive: whether somebody waits for the answer to a pending prompt.
    /// - Throws: `SessionError`, `busy` if a turn is live.
    public static func rename(_ headers: some SessionHeaders, isLive: (TurnID) throws -> Bool) throws {
        if let live = try liveTurn(in: headers, isLive) { throw SessionError.liveTurn(live, in: headers.id) }
    }

    /// Whether a session that is to be pruned may still go: it was not used since it was listed, and no turn is live.
    ///
    /// - Parameters:
    ///   - listed: what the list said of it.
    ///   - summary: what it is now.
    ///   - headers: the session.
    ///   - isLive: whether somebody waits for the answer to a pending prompt.
    public static func isUnused(
        since listed: SessionSummary, _ summary: SessionSummary, in headers: some SessionHeaders,
        isLive: (TurnID) throws -> Bool
    ) rethrows -> Bool {
        guard summary.updatedAt == listed.updatedAt, summary.revision == listed.revision else { return false }
        return try liveTurn(in: headers, isLive) == nil
    }

    private static func liveTurn(
        in headers: some SessionHeaders, _ isLive: (TurnID) throws -> Bool
    ) rethrows -> TurnID? {
        try headers.pendingHeaders.first { try isLive($0.turn) }?.turn
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
