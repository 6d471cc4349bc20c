import Foundation
import SessionKit
import Synchronization

/// Where the sessions of several stores stand, as several processes would share a database.
package final class Shelf: Sendable {
    /// What stands there.
    struct Contents: Sendable {
        var sessions: [SessionID: StoredSession] = [:]
        /// Who waits for an answer, and in which store.
        var live: [TurnPlace: ObjectIdentifier] = [:]
    }

    let contents = Mutex(Contents())

    /// Makes an empty shelf.
    package init() {}
}

/// A store over a shelf: what somebody writes who keeps sessions whole in a place of their own.
///
/// Each intent is one turn at the shelf's lock; what it means is what `SessionRules` say of a `StoredSession`.
package final class ShelfStore: SessionStore {
    private let shelf: Shelf
    private let now: @Sendable () -> Date

    /// Makes a store.
    package init(on shelf: Shelf, now: @escaping @Sendable () -> Date = { Date() }) {
        (self.shelf, self.now) = (shelf, now)
    }

    package func create(
        _ id: SessionID, title: String?, settings: SessionSettings, model: ModelReference?, turns: [Turn]
    ) async throws -> Session {
        try settings.check()
        try Turn.checkHistory(turns)
        return try shelf.contents.withLock { shelf in
            try shelf.requireFree(id)
            let made = StoredSession(id, title: title, settings: settings, model: model, turns: turns, at: now())
            shelf.sessions[id] = made
            return made.session
        }
    }

    package func summaries(offset: Int, limit: Int?) async throws -> SummaryPage {
        let all = shelf.contents.withLock { $0.listed }
        let page = all.dropFirst(max(0, offset)).prefix(max(0, limit ?? .max))
        return SummaryPage(entries: page.map { .session($0) }, total: all.count)
    }

    package func read(_ id: SessionID, _ range: MessageRange) async throws -> Transcript {
        try shelf.contents.withLock { shelf in
            var stored = try shelf.session(id)
            try stored.settle(at: now(), isLive: shelf.isLive(in: id))
            guard let messages = range.cut(stored.messages, turn: \.turn) else {
                guard case .before(let turn) = range else {
                    return Transcript(session: shelf.view(of: stored), messages: [])
                }
                throw SessionError.noTurn(turn, in: id)
            }
            return Transcript(session: shelf.view(of: stored), messages: Array(messages))
        }
    }

    package func beginTurn(in id: SessionID, _ prompt: Prompt) async throws -> OpenTurn {
        try begin(id) { try SessionRules.begin(prompt, in: $0, at: $1, isLive: $2) }
    }

    package func takeUp(_ turn: TurnID, in id: SessionID, model: ModelReference?) async throws -> OpenTurn {
        try begin(id) { stored, now, isLive in
            let content = stored.session.pending.first { $0.turn == turn }?.content ?? ""
            return try SessionRules.takeUp(turn, content, for: model, in: stored, at: now, isLive: isLive)
        }
    }

    private func begin(
        _ id: SessionID, _ rule: (StoredSession, Date, (TurnID) -> Bool) throws -> BegunTurn
    ) throws -> OpenTurn {
        try shelf.contents.withLock { shelf in
            let isLive = shelf.isLive(in: id)
            let open = try shelf.write(id, at: now()) { stored, now in stored.begin(try rule(stored, now, isLive)) }
            shelf.live[open.place] = ObjectIdentifier(self)
            return open
        }
    }

    package func finishTurn(_ turn: OpenTurn, with answer: Answer) async throws -> Turn {
        try shelf.contents.withLock { shelf in
            let isHeld = shelf.live[turn.place] == ObjectIdentifier(self)
            defer { if isHeld { shelf.live[turn.place] = nil } }
            if let done = shelf.sessions[turn.session]?.turn(turn.id) { return done }
            guard shelf.sessions[turn.session] != nil else { throw SessionError.unlicensed(turn.id, in: turn.session) }
            return try shelf.write(turn.session, at: now()) { stored, now in
                try stored.finish(turn, with: answer, isHeld: isHeld, at: now)
            }
        }
    }

    package func keepPartial(_ partial: PartialAnswer, of turn: OpenTurn) async throws {
        try shelf.contents.withLock { shelf in
            var changed = try shelf.session(turn.session)
            try changed.keep(partial, of: turn, isHeld: shelf.live[turn.place] == ObjectIdentifier(self))
            shelf.sessions[turn.session] = changed
        }
    }

    package func releaseTurn(_ turn: OpenTurn) async {
        shelf.contents.withLock { if $0.live[turn.place] == ObjectIdentifier(self) { $0.live[turn.place] = nil } }
    }

    package func withdrawTurn(_ turn: TurnID, in id: SessionID) async throws {
        try shelf.contents.withLock { shelf in
            let place = TurnPlace(turn, in: id)
            let isHeld = shelf.live[place] == ObjectIdentifier(self)
            let isLive = shelf.isLive(in: id)
            try shelf.write(id, at: now()) { stored, _ in
                try SessionRules.withdraw(turn, in: stored, isHeld: isHeld, isLive: isLive)
                stored.removePending(turn)
            }
            shelf.live[place] = nil
        }
    }

    package func undo(_ count: Int, in id: SessionID) async throws -> [Turn] {
        try shelf.contents.withLock { try $0.write(id, at: now()) { stored, now in try stored.undo(count, at: now) } }
    }

    package func redo(_ count: Int, in id: SessionID) async throws -> [Turn] {
        try shelf.contents.withLock { try $0.write(id, at: now()) { stored, now in try stored.redo(count, at: now) } }
    }

    package func update(
        _ id: SessionID, ifRevision revision: Int?, _ changes: [SessionChange]
    ) async throws -> Session {
        try shelf.contents.withLock { shelf in
            if try SessionRules.update(shelf.session(id).session, ifRevision: revision, changes) != nil {
                try shelf.write(id, at: now()) { stored, _ in
                    if let changed = try SessionRules.update(stored.session, ifRevision: revision, changes) {
                        stored.replace(by: changed)
                    }
                }
            }
            return try shelf.view(of: shelf.session(id))
        }
    }

    package func fork(_ id: SessionID, as newID: SessionID, through turn: TurnID?) async throws -> Session {
        try shelf.contents.withLock { shelf in
            var original = try shelf.session(id)
            try original.settle(at: now(), isLive: shelf.isLive(in: id))
            try shelf.requireFree(newID)
            guard let copy = original.fork(as: newID, through: turn, at: now()) else {
                throw turn.map { SessionError.noTurn($0, in: id) } ?? .noSession(id)
            }
            shelf.sessions[newID] = copy
            return copy.session
        }
    }

    package func rename(_ id: SessionID, to newID: SessionID) async throws -> Session {
        try shelf.contents.withLock { shelf in
            let original = try shelf.session(id)
            try shelf.requireFree(newID, besides: id)
            try SessionRules.rename(original, isLive: shelf.isLive(in: id))
            try shelf.write(id, at: now()) { stored, _ in stored.rename(to: newID) }
            shelf.sessions[newID] = shelf.sessions.removeValue(forKey: id)
            return try shelf.view(of: shelf.session(newID))
        }
    }

    package func resume(_ id: SessionID, usedSince limit: Date) async throws -> ResumedSession {
        try shelf.contents.withLock { shelf in
            guard let former = shelf.sessions[id] else {
                try shelf.requireFree(id)
                return ResumedSession(shelf.make(id, SessionSettings(), nil, at: now()), isNew: true)
            }
            if SessionRules.goesOn(
                former.session.summary, former, usedSince: limit, isLive: shelf.isLive(in: id))
            {
                return ResumedSession(shelf.view(of: former))
            }
            let name = try SessionRules.formerID(of: id, usedAt: former.session.summary.updatedAt) { name in
                shelf.sessions.keys.contains { $0.folded == name.folded }
            }
            var renamed = former
            renamed.rename(to: name)
            shelf.sessions[name] = renamed
            let session = shelf.make(id, former.settings, former.session.summary.model, at: now())
            return ResumedSession(session, isNew: true, former: name)
        }
    }

    package func reset(_ id: SessionID) async throws -> Session {
        try shelf.contents.withLock { shelf in
            try shelf.write(id, at: now()) { stored, _ in stored.reset() }
            return try shelf.view(of: shelf.session(id))
        }
    }

    package func delete(_ id: SessionID) async throws {
        try shelf.contents.withLock { shelf in
            guard shelf.sessions.removeValue(forKey: id) != nil else { throw SessionError.noSession(id) }
        }
    }

    package func prune(_ criteria: PruneCriteria, dryRun: Bool) async throws -> PruneReport {
        shelf.contents.withLock { shelf in
            var report = PruneReport()
            for summary in criteria.candidates(among: shelf.listed) {
                guard let stored = shelf.sessions[summary.id] else { continue }
                if SessionRules.isUnused(since: summary, summary, in: stored, isLive: shelf.isLive(in: summary.id)) {
                    report.removed.append(summary)
                    if !dryRun { shelf.sessions[summary.id] = nil }
                } else {
                    report.spared.append(summary)
                }
            }
            return report
        }
    }
}

extension Shelf.Contents {
    var listed: [SessionSummary] {
        sessions.values.map(\.session.summary).sorted { SessionSummary.isListed($0.listing, before: $1.listing) }
    }

    mutating func make(
        _ id: SessionID, _ settings: SessionSettings, _ model: ModelReference?, at now: Date
    ) -> Session {
        let made = StoredSession(id, title: nil, settings: settings, model: model, at: now)
        sessions[id] = made
        return made.session
    }

    func isLive(in id: SessionID) -> (TurnID) -> Bool { { live[TurnPlace($0, in: id)] != nil } }

    func session(_ id: SessionID) throws -> StoredSession {
        guard let stored = sessions[id] else { throw SessionError.noSession(id) }
        return stored
    }

    /// Changes a session and counts the write; if the change throws, the session stays as it was.
    @discardableResult
    mutating func write<Result>(
        _ id: SessionID, at now: Date, _ change: (inout StoredSession, Date) throws -> Result
    ) throws -> Result {
        var changed = try session(id)
        try changed.settle(at: now, isLive: isLive(in: id))
        let result = try change(&changed, now)
        changed.written(at: now)
        sessions[id] = changed
        return result
    }

    func requireFree(_ id: SessionID, besides own: SessionID? = nil) throws {
        if sessions[id] != nil { throw SessionError.taken(id) }
        if let other = sessions.keys.first(where: { $0 != own && $0.folded == id.folded }) {
            throw SessionError.sameButForCase(id, as: other)
        }
    }

    func view(of stored: StoredSession) -> Session {
        var session = stored.session
        for index in session.pending.indices {
            session.pending[index].state = isLive(in: stored.id)(session.pending[index].turn) ? .live : .abandoned
        }
        return session
    }
}
