public import SessionKit
public struct SessionDirectory: SessionStore {
    public init(path: String) {}
    public func create(_ id: SessionID, title: String?, settings: SessionSettings) async throws -> Session { throw SessionError.noSession(id) }
    public func summaries(offset: Int, limit: Int?) async throws -> SummaryPage { SummaryPage(entries: [], total: 0) }
    public func read(_ id: SessionID, _ range: MessageRange) async throws -> Transcript { throw SessionError.noSession(id) }
    public func beginTurn(in id: SessionID, _ prompt: Prompt) async throws -> OpenTurn { throw SessionError.noSession(id) }
    public func takeUp(_ turn: TurnID, in id: SessionID, model: ModelReference?) async throws -> OpenTurn { throw SessionError.noSession(id) }
    public func finishTurn(_ turn: OpenTurn, with answer: Answer) async throws -> Turn { throw SessionError(.busy, "") }
    public func releaseTurn(_ turn: OpenTurn) async {}
    public func withdrawTurn(_ turn: TurnID, in id: SessionID) async throws {}
    public func update(_ id: SessionID, ifRevision revision: Int?, _ changes: [SessionChange]) async throws -> Session { throw SessionError.noSession(id) }
    public func undo(in id: SessionID) async throws -> Turn { throw SessionError.noSession(id) }
    public func redo(in id: SessionID) async throws -> Turn { throw SessionError.noSession(id) }
    public func fork(_ id: SessionID, as newID: SessionID, through turn: TurnID?) async throws -> Session { throw SessionError.noSession(id) }
    public func rename(_ id: SessionID, to newID: SessionID) async throws -> Session { throw SessionError.noSession(id) }
    public func reset(_ id: SessionID) async throws -> Session { throw SessionError.noSession(id) }
    public func delete(_ id: SessionID) async throws {}
    public func prune(_ criteria: PruneCriteria, dryRun: Bool) async throws -> PruneReport { PruneReport() }
}
