import SessionJSON
public import SessionKit

extension SQLStore {
    /// Removes sessions by age and number, except those with a live turn; each in a transaction of its own.
    public func prune(_ criteria: PruneCriteria, dryRun: Bool) async throws -> PruneReport {
        let page = try await summaries(offset: 0, limit: nil)
        var report = PruneReport()
        for summary in criteria.candidates(among: page.sessions) {
            do {
                let goes = dryRun ? try await !hasLiveTurn(summary.id) : try await removeIfUnused(summary)
                if goes { report.removed.append(summary) } else { report.spared.append(summary) }
            } catch let error as SessionError where error.code == .notFound {
                continue  // Somebody else deleted it.
            } catch let error as SessionError where error.code == .cancelled || error.code == .storeUnreachable {
                report.error = error
                break
            } catch let error as SessionError {
                report.failed.append((summary.id, error))
            }
        }
        return report
    }

    private func hasLiveTurn(_ id: SessionID) async throws -> Bool {
        try await read(id, .last(0)).session.pending.contains { $0.state == .live }
    }

    private func removeIfUnused(_ listed: SessionSummary) async throws -> Bool {
        try await database.remove(listed.id) { [database] state in
            try SessionRules.isUnused(
                since: listed, state.head.summary, in: state, isLive: database.isLive(in: state))
        }
    }
}
