import SessionKit
import SessionSQL

extension PostgreSQLEngine {
    /// Makes the tables, or brings them up to date, and lets a user at them.
    ///
    /// - Parameter role: the user that programs connect as; nil for the one who is connected.
    func prepare(for role: String?) throws {
        try PostgreSQLLibrary.load()
        for attempt in 1... {
            do {
                return try prepareOnce(for: role)
            } catch let failure as PostgreSQLFailure {
                // Tables are changed beside programs that use them: a deadlock ends one of the two.
                if failure.isCollision, attempt < 10 { continue }
                if case .refused("42704", _) = failure, let role {
                    throw SessionError(
                        .storeMisconfigured, "There is no user '\(role)' in \(name); make it with createuser.",
                        cause: failure)
                }
                if case .refused("42501", _) = failure {
                    throw SessionError(
                        .storeRefused,
                        "This user may not make or change the tables in \(name); run it as their owner, or have the SQL of "
                            + "--print run by one.", cause: failure)
                }
                throw failure.error(of: name, isChange: true)
            }
        }
    }

    private func prepareOnce(for role: String?) throws {
        let handle = try PostgreSQLHandle.open(address, password: password?())
        func run(_ statements: [String]) throws(PostgreSQLFailure) -> [[SQLRow]] {
            try handle.run(statements.map { SQLStatement($0, []) }, tenant: nil, patience: .seconds(60))
        }
        // What fails in between is undone with the connection's end.
        let answers = try run(["BEGIN", PostgreSQLSchema.lock, "SELECT to_regclass('sesh.version') IS NOT NULL"])
        var found = 0
        if answers.last?.first?.text(0) == "t" {
            found = try run(["SELECT max(version) FROM sesh.version"]).first?.first?.number(0) ?? 0
        }
        if found > PostgreSQLSchema.version { throw PostgreSQLSchema.later(found, at: name) }
        let isCurrent = found == PostgreSQLSchema.version
        let statements = isCurrent ? PostgreSQLSchema.access(for: role) : PostgreSQLSchema.statements(for: role)
        _ = try run(statements + ["COMMIT"])
    }

    /// Asks the server what it promises.
    func status() throws -> PostgreSQLStatus {
        try read { transaction in
            let rows = try transaction.run(
                "SELECT current_setting('server_version'), current_user, current_setting('fsync'), "
                    + "current_setting('full_page_writes'), current_setting('synchronous_standby_names'), "
                    + "pg_is_in_recovery(), (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)",
                [])
            let row = rows.first
            return PostgreSQLStatus(
                serverVersion: row?.text(0) ?? "", user: row?.text(1) ?? "",
                survivesPowerCuts: row?.text(2) == "on" && row?.text(3) == "on",
                survivesFailover: row?.text(4)?.isEmpty == false, isReplica: row?.text(5) == "t",
                passesPolicies: row?.text(6) == "t")
        }
    }
}

/// What a PostgreSQL server promises of what it has acknowledged.
public struct PostgreSQLStatus: Hashable, Sendable {
    /// The server's version.
    public let serverVersion: String
    /// The user who is connected.
    public let user: String
    /// Whether what was acknowledged survives a power cut: `fsync` and `full_page_writes` are on.
    public let survivesPowerCuts: Bool
    /// Whether a replica has it too before it is acknowledged; else a failover may lose the last turns.
    public let survivesFailover: Bool
    /// Whether the server is a replica, which nothing can be written to.
    public let isReplica: Bool
    /// Whether the user is one whom row level security does not stop.
    public let passesPolicies: Bool
}
