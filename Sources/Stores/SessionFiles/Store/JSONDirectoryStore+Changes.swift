import SessionJSON
public import SessionKit

extension JSONDirectoryStore {
    /// Changes what a session is called or asks for.
    ///
    /// A title that does not fit the summary line is cut.
    public func update(
        _ id: SessionID, ifRevision revision: Int?, _ changes: [SessionChange]
    ) async throws -> Session {
        try await changing([id], of: id) { [self] folder, locks in
            var document = try settledDocument(of: id, in: folder, locks)
            let before = try Self.session(of: document, in: folder)
            guard let session = try SessionRules.update(before, ifRevision: revision, changes) else {
                // It may be so because only the sync of the directory failed the first time.
                try AtomicReplacement.synchronize(folder, after: "Session '\(id)' has these settings already")
                return before
            }
            document.summary = session.summary
            document.settings = session.settings
            try Self.save(&document, in: folder, under: locks, at: now())
            return Session(summary: document.summary, settings: document.settings, pending: session.pending)
        }
    }

    /// Takes the last turns out of the history and keeps them for `redo`.
    public func undo(_ count: Int, in id: SessionID) async throws -> [Turn] {
        try await rewriting(id) { try $0.undo(count, at: $1) }
    }

    /// Puts back the turns that were undone last.
    public func redo(_ count: Int, in id: SessionID) async throws -> [Turn] {
        try await rewriting(id) { try $0.redo(count, at: $1) }
    }

    /// Empties a session's history.
    public func reset(_ id: SessionID) async throws -> Session {
        try await changing([id], of: id) { [now] folder, locks in
            var document = try Self.writableDocument(of: id, in: folder)
            let pending = document.pending.map(\.prompt.turn)
            document.reset()
            try Self.save(&document, in: folder, under: locks, at: now())
            for turn in pending { _ = try? TurnLease.sweep(turn, in: locks.folder) }
            return document.session { _ in false }
        }
    }
}
