internal import Platform
import SessionJSON
public import SessionKit

extension JSONDirectoryStore {
    /// Makes a session, and the directory if there is none.
    public func create(
        _ id: SessionID, title: String?, settings: SessionSettings, model: ModelReference?, turns: [Turn]
    ) async throws -> Session {
        try settings.check()
        try Turn.checkHistory(turns)
        return try await changing([id], of: nil) { [now] folder, locks in
            try Self.requireFree(id, in: folder)
            // Rubbish that stays harms nobody, so it is no reason to refuse a session.
            _ = try? TurnLease.sweepAll(in: locks.folder)
            StripedLocks.sweepTemporaries(in: folder, holding: id.stripe)
            let now = Timestamp.rounded(now())
            var document = SessionDocument(
                summary: SessionSummary(
                    id: id, title: title, createdAt: now, updatedAt: now, model: model, revision: 0),
                settings: settings)
            document.append(turns)
            try Self.save(&document, in: folder, under: locks, at: now)
            return document.session { _ in false }
        }
    }

    /// Copies a session's title, settings and history under a new id.
    public func fork(_ id: SessionID, as newID: SessionID, through turn: TurnID?) async throws -> Session {
        // The original needs no lock: it is read at one moment, and what is appended meanwhile came after the fork.
        try await changing([newID], of: id) { [self] folder, locks in
            let original = try settledDocument(of: id, in: folder, locks)
            try Self.requireFree(newID, in: folder)
            let now = now()
            guard var copy = original.fork(as: newID, through: turn, at: now) else {
                throw turn.map { SessionError.noTurn($0, in: id) } ?? .noSession(id)
            }
            copy.version = nil
            try Self.save(&copy, in: folder, under: locks, at: now)
            return copy.session { _ in false }
        }
    }

    /// Gives a session another id.
    ///
    /// The file is renamed first and the id in it set right by a second write; if the process dies between the two, the
    /// session has its new name, and the next write sets the id right.
    public func rename(_ id: SessionID, to newID: SessionID) async throws -> Session {
        try await changing([id, newID], of: id) { [self] folder, locks in
            var document = try settledDocument(of: id, in: folder, locks)
            try Self.requireFree(newID, besides: id, in: folder)
            try SessionRules.rename(document) { try TurnLease.isLive($0, in: locks) }
            // A temporary that is found under the lock is dead; with the old name nobody would look for it again.
            do { try AtomicReplacement.sweep(id, in: folder) } catch is SystemCallError {}
            try locks.check(in: folder)
            try Self.move(id, to: newID, in: folder)
            document.summary.id = newID
            let renamed = document
            do {
                try Self.save(&document, in: folder, under: locks, at: now())
            } catch {
                // The new name is durable, so the rename has happened; the id in the file waits for the next write.
                document = (try? Self.writableDocument(of: newID, in: folder)) ?? renamed
            }
            return document.session { _ in false }
        }
    }

    static func move(_ id: SessionID, to newID: SessionID, in folder: borrowing SessionFolder) throws {
        do {
            // Where case is folded, a change of case finds its own file under the new name.
            try folder.rename(id.fileName, to: newID.fileName, exclusively: id.folded != newID.folded)
        } catch {
            if error.isTaken { throw SessionError.taken(newID) }
            throw SessionError(.notSaved, "'\(id)' could not be renamed. NOT SAVED.", cause: error)
        }
        try AtomicReplacement.synchronize(folder, after: "'\(id)' was renamed to '\(newID)'")
    }

    /// Removes a session.
    ///
    /// One whose file is malformed stays: only a person can tell what is in it. Where a process died before a session's
    /// first write was done, that is removed, which no write to come would do; so are such remains of other sessions,
    /// since they may be copies of this one.
    public func delete(_ id: SessionID) async throws {
        try await changing([id], of: id) { folder, locks in
            var document: SessionDocument?
            do {
                document = try Self.writableDocument(of: id, in: folder)
            } catch let error as SessionError where error.code == .notFound {
                guard try AtomicReplacement.sweep(id, in: folder) else { throw error }
            }
            if let document { try Self.remove(document, in: folder, locks) }
            StripedLocks.sweepTemporaries(in: folder, holding: id.stripe)
            try AtomicReplacement.synchronize(folder, after: "Session '\(id)' was deleted")
        }
    }

    /// Removes a session's file and what a process that died may have left beside it.
    static func remove(
        _ document: SessionDocument, in folder: borrowing SessionFolder, _ locks: borrowing HeldLocks
    ) throws {
        let id = document.summary.id
        do {
            try AtomicReplacement.sweep(id, in: folder)
            try locks.check(in: folder)
            try folder.remove(id.fileName)
        } catch let error as SystemCallError {
            throw SessionError(
                .notSaved, "Session '\(id)' could not be deleted. NOT SAVED; its file stands as it was.", cause: error)
        }
        for record in document.pending { _ = try? TurnLease.sweep(record.prompt.turn, in: locks.folder) }
    }

    /// Checks that an id may be given to a session.
    ///
    /// - Parameters:
    ///   - id: the id. Its lock is held, and ids that differ by case share one, so the answer lasts.
    ///   - own: a session whose change of case is allowed.
    ///   - folder: the sessions directory.
    private static func requireFree(
        _ id: SessionID, besides own: SessionID? = nil, in folder: borrowing SessionFolder
    ) throws {
        let others = try folder.sessionIDs().filter { $0.folded == id.folded }
        if others.contains(id) { throw SessionError.taken(id) }
        if let other = others.first(where: { $0 != own }) { throw SessionError.sameButForCase(id, as: other) }
    }
}
