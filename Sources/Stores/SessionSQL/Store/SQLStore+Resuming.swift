import SessionJSON
public import SessionKit
#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension SQLStore {
    /// Goes on with a session that was used lately, or begins it anew, in one transaction.
    public func resume(_ id: SessionID, usedSince limit: Date) async throws -> ResumedSession {
        while true {
            do {
                return try await database.resume(id, usedSince: limit)
            } catch let error as SessionError where error.code == .notFound {
                do {
                    return ResumedSession(try await create(id, title: nil, settings: SessionSettings()), isNew: true)
                } catch let error as SessionError where error.code == .alreadyExists {
                    continue  // Another process was quicker.
                }
            } catch let error as SessionError where error.code == .alreadyExists {
                continue  // Somebody took the name meanwhile.
            }
        }
    }
}

extension SQLDatabase {
    /// Goes on with a session that is there, or gives it another id and puts a new one in its place.
    fileprivate func resume(_ id: SessionID, usedSince limit: Date) async throws -> ResumedSession {
        try await changing(id, turns: 1) { [self] writing, transaction, _, identity in
            let summary = writing.head.summary
            if try SessionRules.goesOn(
                summary, writing.state, usedSince: limit, isLive: isLive(in: writing.state))
            {
                let pending = try pending(of: writing.state, transaction)
                return ResumedSession(Session(summary: summary, settings: writing.head.settings, pending: pending))
            }
            let name = try SessionRules.formerID(of: id, usedAt: summary.updatedAt) {
                try !namesakes(of: $0, transaction).isEmpty
            }
            writing.head.summary.id = name
            // It was not used: its time stays that of its last use.
            try writing.finish(identity, at: nil, in: transaction)
            let now = Timestamp.rounded(now())
            let head = SessionHead(
                summary: SessionSummary(
                    id: id, createdAt: now, updatedAt: now, model: summary.model, revision: 0),
                settings: writing.head.settings)
            var made = SessionWriting(SessionState(making: head, key: SQLKey.unique()), dialect)
            try made.finishMaking(identity, at: now)
            writing.join(made)
            let session = Session(summary: made.head.summary, settings: made.head.settings)
            return ResumedSession(session, isNew: true, former: name)
        }
    }
}
