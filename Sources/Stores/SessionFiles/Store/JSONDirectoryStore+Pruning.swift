internal import Platform
import SessionJSON
public import SessionKit

extension JSONDirectoryStore {
    /// Removes sessions by age and number, except those with a live turn.
    ///
    /// The removals are made durable together, at the end. A file that the system fails to read is reported as failed;
    /// what is no session file is none to be removed.
    public func prune(_ criteria: PruneCriteria, dryRun: Bool) async throws -> PruneReport {
        let page: SummaryPage
        do {
            page = try await summaries(offset: 0, limit: nil)
        } catch let error as SessionError where error.code == .unreadable && !dryRun {
            throw SessionError(.notSaved, error.message + " NOT SAVED; no session was deleted.", cause: error.cause)
        }
        var report = PruneReport()
        for case .unreadable(let id, let error) in page.entries where error.cause is SystemCallError {
            report.failed.append((id, error))
        }
        for summary in criteria.candidates(among: page.sessions) {
            do {
                let isLive = dryRun ? try await hasLiveTurn(summary.id) : try await !removeIfUnused(summary)
                if isLive { report.spared.append(summary) } else { report.removed.append(summary) }
            } catch let error as SessionError where error.code == .notFound {
                continue  // Somebody else deleted it.
            } catch let error as SessionError where error.code == .cancelled {
                report.error = error
                break
            } catch let error as SessionError {
                report.failed.append((summary.id, error))
            }
        }
        if !dryRun, !report.removed.isEmpty {
            do {
                try await synchronize(after: report.removed.count)
            } catch let error as SessionError {
                report.error = error
            }
        }
        return report
    }

    private func synchronize(after count: Int) async throws {
        let change = "\(count) session\(count == 1 ? " was" : "s were") deleted"
        do {
            try await reading { folder in
                // Words of a session that went may stand in a copy of it that was never finished.
                StripedLocks.sweepTemporaries(in: folder)
                try AtomicReplacement.synchronize(folder, after: change)
            }
        } catch let error as SessionError where error.code == .unreadable {
            throw AtomicReplacement.notDurable(change, error.cause)
        }
    }

    private func hasLiveTurn(_ id: SessionID) async throws -> Bool {
        try await read(id, .last(0)).session.pending.contains { $0.state == .live }
    }

    /// Removes a session unless it was used since, or a turn in it is live.
    ///
    /// - Returns: whether it went.
    private func removeIfUnused(_ listed: SessionSummary) async throws -> Bool {
        try await changing([listed.id], of: listed.id) { folder, locks in
            let document = try Self.writableDocument(of: listed.id, in: folder)
            let isUnused = try SessionRules.isUnused(since: listed, document.summary, in: document) {
                try TurnLease.isLive($0, in: locks)
            }
            guard isUnused else { return false }
            try Self.remove(document, in: folder, locks)
            return true
        }
    }
}
