internal import Platform
import SessionJSON
public import SessionKit
#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension JSONDirectoryStore {
    /// Goes on with a session that was used lately, or begins it anew.
    ///
    /// The old file gets its new name first. If the process dies before the new session is there, the next call makes it.
    public func resume(_ id: SessionID, usedSince limit: Date) async throws -> ResumedSession {
        while true {
            guard let summary = try await summary(of: id) else {
                do {
                    return ResumedSession(try await create(id, title: nil, settings: SessionSettings()), isNew: true)
                } catch let error as SessionError where error.code == .alreadyExists {
                    continue  // Another process was quicker.
                }
            }
            if summary.updatedAt >= limit { return ResumedSession(try await read(id, .last(0)).session) }
            let taken = Set(try await ids().map(\.folded))
            let name = try SessionRules.formerID(of: id, usedAt: summary.updatedAt) { taken.contains($0.folded) }
            if let resumed = try await resume(id, usedSince: limit, orRename: name, since: summary) { return resumed }
        }
    }

    private func summary(of id: SessionID) async throws -> SessionSummary? {
        do {
            return try await read(id, .last(0)).session.summary
        } catch let error as SessionError where error.code == .notFound {
            return nil
        }
    }

    /// Judges the session again under the locks of both ids.
    ///
    /// - Returns: nil if the session or the name is not what was found before.
    private func resume(
        _ id: SessionID, usedSince limit: Date, orRename name: SessionID, since found: SessionSummary
    ) async throws -> ResumedSession? {
        do {
            let attempts = try await changing([id, name], of: id) { [self] folder, locks in
                [try attempt(id, usedSince: limit, orRename: name, since: found, in: folder, locks)]
            }
            return attempts.first ?? nil
        } catch let error as SessionError where error.code == .notFound {
            return nil
        }
    }

    private func attempt(
        _ id: SessionID, usedSince limit: Date, orRename name: SessionID, since found: SessionSummary,
        in folder: borrowing SessionFolder, _ locks: borrowing HeldLocks
    ) throws -> ResumedSession? {
        let document = try settledDocument(of: id, in: folder, locks)
        guard document.summary.updatedAt == found.updatedAt else { return nil }
        var live: Set<TurnID> = []
        for header in document.pendingHeaders where (try? TurnLease.isLive(header.turn, in: locks)) ?? true {
            live.insert(header.turn)
        }
        if SessionRules.goesOn(document.summary, document, usedSince: limit, isLive: live.contains) {
            return ResumedSession(document.session(live.contains))
        }
        if try folder.sessionIDs().contains(where: { $0.folded == name.folded }) { return nil }
        return try replace(document, by: name, in: folder, locks)
    }

    private func replace(
        _ former: SessionDocument, by name: SessionID, in folder: borrowing SessionFolder, _ locks: borrowing HeldLocks
    ) throws -> ResumedSession {
        let id = former.summary.id
        do { try AtomicReplacement.sweep(id, in: folder) } catch is SystemCallError {}
        try locks.check(in: folder)
        try Self.move(id, to: name, in: folder)
        // The id in the file is set right by a write of its own, or by the next one.
        var renamed = former
        renamed.summary.id = name
        _ = try? Self.save(&renamed, in: folder, under: locks, at: nil)
        let now = Timestamp.rounded(now())
        var made = SessionDocument(
            summary: SessionSummary(
                id: id, createdAt: now, updatedAt: now, model: former.summary.model, revision: 0),
            settings: former.settings)
        try Self.save(&made, in: folder, under: locks, at: now)
        return ResumedSession(made.session { _ in false }, isNew: true, former: name)
    }
}
