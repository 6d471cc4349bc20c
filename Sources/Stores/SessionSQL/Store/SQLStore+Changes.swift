#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionJSON
public import SessionKit

extension SQLStore {
    /// Changes what a session is called or asks for.
    public func update(
        _ id: SessionID, ifRevision revision: Int?, _ changes: [SessionChange]
    ) async throws -> Session {
        try await database.changing(id, turns: 1) { [database] writing, transaction, _, identity in
            let pending = try database.pending(of: writing.state, transaction)
            let before = Session(summary: writing.head.summary, settings: writing.head.settings, pending: pending)
            guard let session = try SessionRules.update(before, ifRevision: revision, changes) else { return before }
            writing.head.summary = session.summary
            writing.head.settings = session.settings
            try writing.finish(identity, at: database.now(), in: transaction)
            return Session(summary: writing.head.summary, settings: writing.head.settings, pending: pending)
        }
    }

    /// Takes the last turns out of the history and keeps them for `redo`.
    public func undo(_ count: Int, in id: SessionID) async throws -> [Turn] {
        // One more than are to go: the last that stays.
        let turns = max(1, count == .max ? count : count + 1)
        return try await database.moving(id, turns: turns, returningRestored: false) { state, now in
            try SessionRules.undo(count, in: state, at: now)
        }
    }

    /// Puts back the turns that were undone last.
    public func redo(_ count: Int, in id: SessionID) async throws -> [Turn] {
        try await database.moving(id, turns: 2, returningRestored: true) { state, now in
            try SessionRules.redo(count, in: state, at: now)
        }
    }

    /// Empties a session's history.
    public func reset(_ id: SessionID) async throws -> Session {
        try await database.changing(id, turns: 1, settling: false) { [database] writing, transaction, _, identity in
            writing.reset()
            try writing.finish(identity, at: database.now(), in: transaction)
            return Session(summary: writing.head.summary, settings: writing.head.settings)
        }
    }
}

extension SQLDatabase {
    /// Moves turns between the history and those taken back.
    ///
    /// - Parameters:
    ///   - turns: how many of the last turns the rule has to know.
    ///   - returnsRestored: whether the turns that enter the history are returned, as against those that leave it.
    ///   - rule: says which move.
    func moving(
        _ id: SessionID, turns: Int, returningRestored returnsRestored: Bool,
        _ rule: @escaping @Sendable (SessionState, Date) throws -> [HistoryMove]
    ) async throws -> [Turn] {
        try await changing(id, turns: turns, undone: true) { [self] writing, transaction, _, identity in
            let now = now()
            var places: [TurnID: Int64] = [:]
            for row in writing.state.window { places[row.turn] = row.position }
            for undone in writing.state.undone { places[undone.row.turn] = -undone.order }
            var moved: [TurnID] = []
            for move in try rule(writing.state, now) {
                let row = try writing.make(move)
                if move.isRestoring == returnsRestored { moved.append(row.turn) }
            }
            // Nothing has been written yet, so the words stand where they stood.
            let words = try messages(at: moved.compactMap { places[$0] }, of: writing.state.key, transaction)
            try writing.finish(identity, at: now, in: transaction)
            return zip(moved, words).map { Turn(id: $0, messages: $1) }
        }
    }

    /// The pending prompts of a session, oldest first, each live or abandoned.
    func pending(of state: SessionState, _ transaction: any SQLTransaction) throws -> [PendingPrompt] {
        guard !state.prompts.isEmpty else { return [] }
        let rows = try transaction.run(
            "SELECT line FROM \(dialect.schema)prompt WHERE \(dialect.own())sid = $2 ORDER BY ord", [.text(state.key)])
        return try rows.map { row in
            var prompt = try PendingLine(row.bytes(0) ?? []).prompt
            prompt.state = try isLive(in: state)(prompt.turn) ? .live : .abandoned
            return prompt
        }
    }
}
