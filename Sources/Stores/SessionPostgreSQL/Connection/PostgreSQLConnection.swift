import SessionKit
import SessionSQL
import Synchronization

/// A connection to a PostgreSQL server, for one transaction after another.
///
/// Nothing is left on the server between two of them (no setting, no prepared statement, no lock), so that a pooler such as
/// pgbouncer may give each transaction another server process.
final class PostgreSQLConnection: SQLTransaction, Sendable {
    private struct State: ~Copyable {
        var handle: PostgreSQLHandle
        /// What begins the transaction, and goes out together with its first statements.
        var opening: [SQLStatement] = []
    }

    private let state: Mutex<State>
    private let tenant: String
    private let patience: Duration

    /// Connects, and asks whose sessions this user may see.
    ///
    /// - Parameters:
    ///   - address: where to.
    ///   - password: the password, if it does not come from where PostgreSQL's tools take it.
    ///   - patience: how long a statement may take, or wait for a lock.
    /// - Throws: `SessionError`; `PostgreSQLFailure`.
    init(_ address: PostgreSQLAddress, password: String?, patience: Duration) throws {
        let handle = try PostgreSQLHandle.open(address, password: password)
        let rows = try handle.run([PostgreSQLSchema.greeting], tenant: nil, patience: .seconds(10))
        tenant = try PostgreSQLSchema.tenant(in: rows.first?.first, at: address.description)
        state = Mutex(State(handle: handle))
        self.patience = patience
    }

    /// Begins a transaction with the next statements.
    func begin(writing: Bool) {
        let start =
            writing ? "BEGIN ISOLATION LEVEL READ COMMITTED" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        let limit = "'\(Int(patience / .milliseconds(1)))ms', true)"
        // For this transaction alone. A commit is acknowledged once it is on the server's disk, whatever its configuration
        // says; a stronger promise, of replicas, stays.
        let settings =
            "SELECT set_config('lock_timeout', \(limit), set_config('statement_timeout', \(limit), "
            + "set_config('idle_in_transaction_session_timeout', '10s', true), "
            + "CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') "
            + "THEN set_config('synchronous_commit', 'on', true) END"
        state.withLock { $0.opening = [SQLStatement(start, []), SQLStatement(settings, [])] }
    }

    /// Runs statements one after another; they go out together.
    func run(_ statements: [SQLStatement]) throws -> [[SQLRow]] {
        try state.withLock { state in
            let opening = state.opening
            state.opening = []
            // The server gives up by itself a little earlier, but for a commit that waits for a replica.
            let rows = try state.handle.run(
                opening + statements, tenant: tenant, patience: patience + min(patience, .seconds(5)))
            return Array(rows.dropFirst(opening.count))
        }
    }

    /// Ends the transaction, if one has begun, without a change.
    ///
    /// - Returns: whether the connection can go on being used.
    func rollBack() -> Bool {
        let isOpen = state.withLock { state in
            defer { state.opening = [] }
            return state.opening.isEmpty
        }
        guard isOpen else { return true }
        do {
            _ = try run([SQLStatement("ROLLBACK", [])])
            return true
        } catch {
            return false
        }
    }
}
