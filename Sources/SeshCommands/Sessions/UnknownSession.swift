import SessionKit

/// The error for a session that is not there, which names those that may have been meant.
enum UnknownSession {
    /// Makes the error.
    ///
    /// - Parameters:
    ///   - id: what was asked for.
    ///   - manager: where near names are looked for; if it can't list them, none are named.
    static func error(_ id: SessionID, _ manager: SessionManager) async -> SessionError {
        let plain = SessionError.noSession(id)
        guard let near = try? await manager.suggestions(for: id), !near.isEmpty else {
            return SessionError(.notFound, plain.message + " 'sesh list' shows those there are.")
        }
        let names = near.map { "'\($0)'" }.joined(separator: " or ")
        return SessionError(.notFound, plain.message + " Did you mean \(names)?")
    }

    /// Does something with a session that has to exist.
    static func explained<Result>(
        _ id: SessionID, _ manager: SessionManager, _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch let error as SessionError where error.code == .notFound {
            throw await self.error(id, manager)
        }
    }
}
