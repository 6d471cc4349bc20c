import SessionJSON
public import SessionKit

extension JSONDirectoryStore {
    /// Changes what a session is called or asks for.
    ///
    /// A title that does not fit the summary line is cut.
    public func update(
        _ id: SessionID, ifRevision revision: Int?, _ changes: [SessionChange]
    ) async throws -> Session {
        for change in changes { try change.check() }
        return try await changing([id], of: id) { [now] folder, _ in
            var document = try Self.writableDocument(of: id, in: folder)
            if let revision, revision != document.summary.revision {
                throw SessionError.movedOn(id, from: revision, to: document.summary.revision)
            }
            var session = try Self.session(of: document, in: folder)
            let before = session
            for change in changes { change.apply(to: &session) }
            guard session != before else {
                // It may be so because only the sync of the directory failed the first time.
                try AtomicReplacement.synchronize(folder, after: "Session '\(id)' has these settings already")
                return before
            }
            document.summary = session.summary
            document.settings = session.settings
            try Self.save(&document, in: folder, at: now())
            return Session(summary: document.summary, settings: document.settings, pending: session.pending)
        }
    }

    /// Takes the last turn out of the history and keeps it for `redo`.
    public func undo(in id: SessionID) async throws -> Turn {
        try await rewriting(id) { document, now in
            guard let turn = try document.undo(at: now) else { throw SessionError.nothingToUndo(in: id) }
            return turn
        }
    }

    /// Puts back the turn that was undone last.
    public func redo(in id: SessionID) async throws -> Turn {
        try await rewriting(id) { document, now in
            guard let turn = try document.redo(at: now) else { throw SessionError.nothingToRedo(in: id) }
            return turn
        }
    }

    /// Empties a session's history.
    public func reset(_ id: SessionID) async throws -> Session {
        try await changing([id], of: id) { [now] folder, locks in
            var document = try Self.writableDocument(of: id, in: folder)
            let pending = document.pending.map(\.prompt.turn)
            document.reset()
            try Self.save(&document, in: folder, at: now())
            for turn in pending { _ = try? TurnLease.sweep(turn, in: locks.folder) }
            return document.session { _ in false }
        }
    }
}
