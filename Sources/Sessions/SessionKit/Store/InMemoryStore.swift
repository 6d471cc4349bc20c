#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A store that keeps nothing: its sessions live as long as it does.
///
/// It follows the same rules as a durable store. The only process it has is this one, so a turn is live from the
/// moment it begins until it is finished, released or withdrawn here.
public actor InMemoryStore: SessionStore {
    private var sessions: [SessionID: StoredSession] = [:]
    private var live: Set<TurnPlace> = []
    private let now: @Sendable () -> Date

    /// Makes a store.
    ///
    /// - Parameters:
    ///   - transcripts: sessions it begins with, whole; their pending prompts count as abandoned. Of two with the same
    ///     id the latter stays.
    ///   - now: the clock by which changes are dated.
    public init(_ transcripts: [Transcript] = [], now: @escaping @Sendable () -> Date = { Date() }) {
        self.now = now
        for transcript in transcripts { sessions[transcript.session.id] = StoredSession(transcript) }
    }

    /// Makes a session.
    public func create(
        _ id: SessionID, title: String?, settings: SessionSettings, model: ModelReference?, turns: [Turn]
    ) throws -> Session {
        try settings.check()
        try Turn.checkHistory(turns)
        try requireFree(id)
        let stored = StoredSession(id, title: title, settings: settings, model: model, turns: turns, at: now())
        sessions[id] = stored
        return stored.session
    }

    /// Lists sessions, last used first.
    public func summaries(offset: Int, limit: Int?) -> SummaryPage {
        let listed = sortedSummaries()
        let page = listed.dropFirst(max(0, offset)).prefix(max(0, limit ?? .max))
        return SummaryPage(entries: page.map { .session($0) }, total: listed.count)
    }

    /// Reads a session and messages of it.
    public func read(_ id: SessionID, _ range: MessageRange) throws -> Transcript {
        var stored = try stored(id)
        try stored.settle(at: now(), isLive: isLive(in: id))
        guard let messages = range.cut(stored.messages, turn: \.turn) else {
            guard case .before(let turn) = range else { return Transcript(session: view(of: stored), messages: []) }
            throw SessionError.noTurn(turn, in: id)
        }
        return Transcript(session: view(of: stored), messages: Array(messages))
    }

    // MARK: Turns

    /// Saves a prompt as pending and takes the turn.
    public func beginTurn(in id: SessionID, _ prompt: Prompt) throws -> OpenTurn {
        try begin(id) { try SessionRules.begin(prompt, in: $0, at: $1, isLive: isLive(in: id)) }
    }

    /// Takes an abandoned prompt up again.
    public func takeUp(_ turn: TurnID, in id: SessionID, model: ModelReference?) throws -> OpenTurn {
        try begin(id) { stored, now in
            let content = stored.session.pending.first { $0.turn == turn }?.content ?? ""
            return try SessionRules.takeUp(turn, content, for: model, in: stored, at: now, isLive: isLive(in: id))
        }
    }

    private func begin(_ id: SessionID, _ rule: (StoredSession, Date) throws -> BegunTurn) throws -> OpenTurn {
        let open = try write(id) { stored, now in stored.begin(try rule(stored, now)) }
        live.insert(open.place)
        return open
    }

    /// Puts a prompt and its answer into the history.
    public func finishTurn(_ turn: OpenTurn, with answer: Answer) throws -> Turn {
        let isHeld = live.contains(turn.place)
        defer { live.remove(turn.place) }
        if let done = sessions[turn.session]?.turn(turn.id) { return done }
        guard sessions[turn.session] != nil else {
            throw SessionError.unlicensed(turn.id, in: turn.session)
        }
        return try write(turn.session) { try $0.finish(turn, with: answer, isHeld: isHeld, at: $1) }
    }

    /// Keeps a part of an answer that is still arriving.
    public func keepPartial(_ partial: PartialAnswer, of turn: OpenTurn) throws {
        var changed = try stored(turn.session)
        try changed.keep(partial, of: turn, isHeld: live.contains(turn.place))
        sessions[turn.session] = changed
    }

    /// Lets a turn go without an answer.
    public func releaseTurn(_ turn: OpenTurn) { live.remove(turn.place) }

    /// Removes a pending prompt.
    public func withdrawTurn(_ turn: TurnID, in id: SessionID) throws {
        try write(id) { stored, _ in
            let isHeld = live.contains(TurnPlace(turn, in: id))
            try SessionRules.withdraw(turn, in: stored, isHeld: isHeld, isLive: isLive(in: id))
            stored.removePending(turn)
        }
        live.remove(TurnPlace(turn, in: id))
    }

    /// Takes the last turns out of the history.
    public func undo(_ count: Int, in id: SessionID) throws -> [Turn] {
        try write(id) { try $0.undo(count, at: $1) }
    }

    /// Puts back the turns that were undone last.
    public func redo(_ count: Int, in id: SessionID) throws -> [Turn] {
        try write(id) { try $0.redo(count, at: $1) }
    }

    // MARK: Whole sessions

    /// Changes what a session is called or asks for.
    public func update(_ id: SessionID, ifRevision revision: Int?, _ changes: [SessionChange]) throws -> Session {
        if try SessionRules.update(stored(id).session, ifRevision: revision, changes) != nil {
            try write(id) { stored, _ in
                if let changed = try SessionRules.update(stored.session, ifRevision: revision, changes) {
                    stored.replace(by: changed)
                }
            }
        }
        return try view(of: self.stored(id))
    }

    /// Copies a session under a new id.
    public func fork(_ id: SessionID, as newID: SessionID, through turn: TurnID?) throws -> Session {
        var original = try stored(id)
        try original.settle(at: now(), isLive: isLive(in: id))
        try requireFree(newID)
        guard let copy = original.fork(as: newID, through: turn, at: now()) else {
            throw turn.map { SessionError.noTurn($0, in: id) } ?? .noSession(id)
        }
        sessions[newID] = copy
        return copy.session
    }

    /// Gives a session another id.
    public func rename(_ id: SessionID, to newID: SessionID) throws -> Session {
        let original = try stored(id)
        try requireFree(newID, besides: id)
        try SessionRules.rename(original, isLive: isLive(in: id))
        try write(id) { stored, _ in stored.rename(to: newID) }
        sessions[newID] = sessions.removeValue(forKey: id)
        return try view(of: stored(newID))
    }

    /// Goes on with a session that was used lately, or begins it anew.
    public func resume(_ id: SessionID, usedSince limit: Date) throws -> ResumedSession {
        guard let former = sessions[id] else {
            return ResumedSession(
                try create(id, title: nil, settings: SessionSettings(), model: nil, turns: []), isNew: true)
        }
        if SessionRules.goesOn(former.session.summary, former, usedSince: limit, isLive: isLive(in: id)) {
            return ResumedSession(view(of: former))
        }
        let name = try SessionRules.formerID(of: id, usedAt: former.session.summary.updatedAt) { name in
            sessions.keys.contains { $0.folded == name.folded }
        }
        var renamed = former
        // It was not used: its time stays that of its last use.
        renamed.rename(to: name)
        sessions[id] = nil
        sessions[name] = renamed
        let session = try create(
            id, title: nil, settings: former.settings, model: former.session.summary.model, turns: [])
        return ResumedSession(session, isNew: true, former: name)
    }

    /// Empties a session's history.
    public func reset(_ id: SessionID) throws -> Session {
        try write(id) { stored, _ in stored.reset() }
        return try view(of: stored(id))
    }

    /// Removes a session.
    public func delete(_ id: SessionID) throws {
        guard sessions.removeValue(forKey: id) != nil else { throw SessionError.noSession(id) }
    }

    /// Removes sessions by age and number.
    public func prune(_ criteria: PruneCriteria, dryRun: Bool) -> PruneReport {
        var report = PruneReport()
        for summary in criteria.candidates(among: sortedSummaries()) {
            guard let stored = sessions[summary.id] else { continue }
            if SessionRules.isUnused(since: summary, summary, in: stored, isLive: isLive(in: summary.id)) {
                report.removed.append(summary)
                if !dryRun { sessions[summary.id] = nil }
            } else {
                report.spared.append(summary)
            }
        }
        return report
    }

    // MARK: Within

    private func isLive(in id: SessionID) -> (TurnID) -> Bool { { [live] in live.contains(TurnPlace($0, in: id)) } }

    private func stored(_ id: SessionID) throws -> StoredSession {
        guard let stored = sessions[id] else { throw SessionError.noSession(id) }
        return stored
    }

    /// Changes a session and counts the write; if the change throws, the session stays as it was.
    private func write<Result>(
        _ id: SessionID, _ change: (inout StoredSession, Date) throws -> Result
    ) throws -> Result {
        var changed = try stored(id)
        let now = now()
        try changed.settle(at: now, isLive: isLive(in: id))
        let result = try change(&changed, now)
        changed.written(at: now)
        sessions[id] = changed
        return result
    }

    /// Whether an id may be given to a session; `own` is one whose change of case is allowed.
    private func requireFree(_ id: SessionID, besides own: SessionID? = nil) throws {
        if sessions[id] != nil { throw SessionError.taken(id) }
        if let other = sessions.keys.first(where: { $0 != own && $0.folded == id.folded }) {
            throw SessionError.sameButForCase(id, as: other)
        }
    }

    private func sortedSummaries() -> [SessionSummary] {
        sessions.values.map(\.session.summary).sorted { SessionSummary.isListed($0.listing, before: $1.listing) }
    }

    /// The session with the states of its pending prompts.
    private func view(of stored: StoredSession) -> Session {
        var session = stored.session
        let isLive = isLive(in: session.id)
        for index in session.pending.indices {
            session.pending[index].state = isLive(session.pending[index].turn) ? .live : .abandoned
        }
        return session
    }
}
