internal import Platform
import SessionKit
import SessionSQL
import Synchronization

/// Transactions on a PostgreSQL server: connections that are used again, changes that run again where that is safe, and
/// commits whose outcome is found out.
final class PostgreSQLEngine: SQLEngine {
    let dialect = SQLDialect(schema: "sesh.", hasTenants: true, hasLeases: true, hasLateral: true)
    let mayBlockThread: @Sendable () -> Bool
    /// The database.
    let address: PostgreSQLAddress

    /// How long a statement may take, a change is tried again, and a server that is starting awaited.
    private let patience: Duration
    private let holder = SQLKey.unique()
    let password: (@Sendable () throws -> String)?
    private let idle = Mutex<[PostgreSQLConnection]>([])
    private let leases: PostgreSQLLeases

    init(
        _ address: PostgreSQLAddress, password: (@Sendable () throws -> String)?,
        patience: Duration, heartbeat: Duration, mayBlockThread: @escaping @Sendable () -> Bool
    ) {
        self.patience = patience
        leases = PostgreSQLLeases(every: heartbeat)
        self.address = address
        self.password = password
        self.mayBlockThread = mayBlockThread
    }

    var name: String { address.description }

    // MARK: Connections

    /// A connection of one's own.
    ///
    /// - Parameter deadline: how long a server is awaited that is just starting.
    private func connection(_ deadline: ContinuousClock.Instant) throws -> PostgreSQLConnection {
        if let connection = idle.withLock({ $0.popLast() }) { return connection }
        try PostgreSQLLibrary.load()
        while true {
            do {
                return try PostgreSQLConnection(address, password: password?(), patience: patience)
            } catch let failure as PostgreSQLFailure where failure.isStarting && ContinuousClock.now < deadline {
                BlockingThread.pause(milliseconds: 100)
            }
        }
    }

    private func giveBack(_ connection: PostgreSQLConnection) {
        idle.withLock { if $0.count < 8 { $0.append(connection) } }
    }

    /// Lets go of connections to a server that is likely gone.
    private func dropIdle() { idle.withLock { $0 = [] } }

    // MARK: Transactions

    func read<Result: Sendable>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
        let deadline = ContinuousClock.now + patience
        var tries = 0
        while true {
            do {
                let connection = try connection(deadline)
                do {
                    connection.begin(writing: false)
                    let result = try body(connection)
                    if connection.rollBack() { giveBack(connection) }
                    return result
                } catch {
                    if !Self.isDisconnection(error), connection.rollBack() { giveBack(connection) }
                    throw error
                }
            } catch let failure as PostgreSQLFailure {
                tries += 1
                if failure.isDisconnection { dropIdle() }
                guard failure.isDisconnection || failure.isCollision, tries < 3, failure.mayPass else {
                    throw failure.error(of: name, isChange: false)
                }
            }
        }
    }

    private static func isDisconnection(_ error: any Error) -> Bool {
        (error as? PostgreSQLFailure)?.isDisconnection ?? false
    }

    func change<Result: Sendable>(
        _ identity: SQLChangeIdentity, _ body: (any SQLTransaction) throws -> SQLChange<Result>
    ) throws -> Result {
        let deadline = ContinuousClock.now + patience
        var tries = 0
        while true {
            tries += 1
            do {
                switch try attempt(deadline, body) {
                case .done(let result): return result
                case .unknown(let change, let failure):
                    dropIdle()
                    if try hasHappened(change, identity, after: failure) { return change.result }
                    guard ContinuousClock.now < deadline else { throw failure.error(of: name, isChange: true) }
                }
            } catch let failure as PostgreSQLFailure {
                if failure.isDisconnection { dropIdle() }
                let isFew = tries < 3 && failure.mayPass
                let helps = failure.isCollision && ContinuousClock.now < deadline
                guard helps || isFew && (failure.isTaken || failure.isDisconnection) else {
                    throw failure.error(of: name, isChange: true)
                }
                // Those that collided should not do so again.
                BlockingThread.pause(milliseconds: .random(in: 1...UInt32(min(tries, 10) * 5)))
            }
        }
    }

    private enum Outcome<Result: Sendable> {
        case done(Result)
        /// The commit went out and was never answered.
        case unknown(SQLChange<Result>, PostgreSQLFailure)
    }

    /// Runs a change once.
    ///
    /// - Throws: `PostgreSQLFailure` if nothing was committed; what the body throws.
    private func attempt<Result: Sendable>(
        _ deadline: ContinuousClock.Instant, _ body: (any SQLTransaction) throws -> SQLChange<Result>
    ) throws -> Outcome<Result> {
        let connection = try connection(deadline)
        var sent: SQLChange<Result>?
        do {
            connection.begin(writing: true)
            let change = try body(connection)
            guard !change.statements.isEmpty else {
                if connection.rollBack() { giveBack(connection) }
                return .done(change.result)
            }
            sent = change
            try SQLCancellation.shielding {
                _ = try connection.run(change.statements + [SQLStatement("COMMIT", [])])
            }
            giveBack(connection)
            return .done(change.result)
        } catch {
            if let failure = error as? PostgreSQLFailure, failure.isDisconnection {
                if let sent { return .unknown(sent, failure) }
            } else if connection.rollBack() {
                giveBack(connection)
            }
            throw error
        }
    }

    /// Finds out whether a change happened whose commit was never answered.
    ///
    /// The session's row is asked under its lock, so that a server process that is still at it has come to an end.
    /// - Throws: `SessionError` if that can't be found out.
    private func hasHappened<Result: Sendable>(
        _ change: SQLChange<Result>, _ identity: SQLChangeIdentity, after failure: PostgreSQLFailure
    ) throws -> Bool {
        if identity.isRepeatable { return false }
        let deadline = ContinuousClock.now + patience
        while true {
            do {
                let answer = try SQLCancellation.shielding { try self.answer(change, deadline) }
                guard let operations = answer.operations else { return identity.removes }
                if answer.isEvident || operations.contains(identity.operation) { return true }
                // So many changes followed that this one, if it happened, would not be among those that are recorded.
                let isBeyond =
                    operations.count >= 16 && !change.previous.isEmpty && !operations.contains(change.previous)
                guard isBeyond, change.evidence == nil else { return false }
                throw unknown(identity, failure)
            } catch let later as PostgreSQLFailure {
                dropIdle()
                guard later.mayPass, ContinuousClock.now < deadline else { throw unknown(identity, later) }
                BlockingThread.pause(milliseconds: 100)
            }
        }
    }

    private func unknown(_ identity: SQLChangeIdentity, _ failure: PostgreSQLFailure) -> SessionError {
        SessionError(
            .notSaved,
            "\(name) broke off at the end of a change of session '\(identity.id)': it is NOT KNOWN TO BE SAVED. Look at the "
                + "session once the server is back.", cause: failure)
    }

    private func answer<Result: Sendable>(
        _ change: SQLChange<Result>, _ deadline: ContinuousClock.Instant
    ) throws -> (operations: [String]?, isEvident: Bool) {
        let connection = try connection(deadline)
        connection.begin(writing: true)
        let questions = [dialect.operations(of: change.session)] + [change.evidence].compactMap(\.self)
        let answers = try connection.run(questions)
        if connection.rollBack() { giveBack(connection) }
        let operations = answers.first?.first?.text(0)?.split(separator: " ").map(String.init)
        return (operations, answers.dropFirst().first?.isEmpty == false)
    }

    // MARK: Turns

    func isLive(_ prompt: PromptHeader) -> Bool { prompt.isLeased }

    func claim() -> String { holder }

    func hold(_ claim: TurnClaim) {
        leases.add(claim) { [weak self] claims in self?.renew(claims) ?? true }
    }

    func drop(_ claim: TurnClaim) { leases.remove(claim) }

    private func renew(_ claims: [TurnClaim]) -> Bool {
        let statements = claims.map { dialect.renewal(of: $0) }
        let identity = try? SessionID("leases")
        guard let identity else { return false }
        do {
            try change(SQLChangeIdentity(for: identity, isRepeatable: true)) { _ in SQLChange("", statements, ()) }
            return true
        } catch {
            return false
        }
    }
}

extension PostgreSQLFailure {
    /// Whether another connection may do better at once: one that broke may, one that can't be made does not.
    var mayPass: Bool {
        switch self {
        case .silent, .cancelled: false
        case .lost, .refused: true
        }
    }
}
