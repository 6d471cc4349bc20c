internal import CSQLite
internal import Platform
import SessionKit
import SessionSQL
import Synchronization

/// Transactions on a database file that any number of processes share.
final class SQLiteEngine: SQLEngine {
    let dialect = SQLDialect(schema: "", hasTenants: false, hasLeases: false, hasLateral: false)
    let mayBlockThread: @Sendable () -> Bool
    /// The file, from the root.
    let path: String

    private let idle = Mutex<[SQLiteConnection]>([])
    /// One writer of this process at a time: SQLite's own waiting is by trying again and again, which favours nobody.
    private let writing = Mutex(())
    private let holder: TurnHolder

    init(path: String, mayBlockThread: @escaping @Sendable () -> Bool) {
        self.path = Path.absolute(path)
        self.mayBlockThread = mayBlockThread
        holder = TurnHolder(directory: self.path + "-live")
    }

    // MARK: Connections

    private func connection() throws -> SQLiteConnection {
        if let connection = idle.withLock({ $0.popLast() }) { return connection }
        try SQLiteLibrary.load()
        guard PrivatePath(path: Path.parent(of: path)).make() else {
            throw SessionError(.unreadable, "The directory of '\(path)' can't be made; check the path.")
        }
        do {
            // Made here so that nobody else may ever read it; SQLite gives the files beside it the same mode.
            Descriptor.close(try Descriptor.open(path, [.readWrite, .create]))
        } catch {
            throw SessionError(.unreadable, "'\(path)' can't be opened: \(error.reason).", cause: error)
        }
        let connection = try SQLiteConnection(path)
        // Synchronised with every commit: what was acknowledged survives a power cut.
        let settings =
            "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; "
            + "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON"
        try connection.execute(settings)
        try Self.switchToLog(connection)
        try SQLiteSchema.prepare(connection, path: path)
        return connection
    }

    /// Has the file written by way of a log, in which readers and a writer don't wait for each other.
    ///
    /// The switch, once in a file's life, does not wait for other programs by itself.
    private static func switchToLog(_ connection: SQLiteConnection) throws {
        for _ in 0..<1500 {
            do {
                return try connection.execute("PRAGMA journal_mode = WAL")
            } catch let failure as SQLiteFailure where failure.isBusy {
                BlockingThread.pause(milliseconds: 20)
            }
        }
        throw SQLiteFailure(Int32(sesh_sqlite_busy), words: "another program keeps the file locked")
    }

    private func giveBack(_ connection: SQLiteConnection, after error: (any Error)? = nil) {
        connection.rollBack()
        if let failure = error as? SQLiteFailure, failure.endsConnection { return }
        idle.withLock { if $0.count < 8 { $0.append(connection) } }
    }

    // MARK: Transactions

    func read<Result: Sendable>(_ body: (any SQLTransaction) throws -> Result) throws -> Result {
        try describing(isChange: false) { try transact(isWriting: false, body, ending: { _, _ in }) }
    }

    func change<Result: Sendable>(
        _ identity: SQLChangeIdentity, _ body: (any SQLTransaction) throws -> SQLChange<Result>
    ) throws -> Result {
        try describing(isChange: true) {
            let change = try writing.withLock { _ in try transact(isWriting: true, body, ending: Self.commit) }
            return change.result
        }
    }

    private static func commit<Result: Sendable>(_ connection: SQLiteConnection, _ change: SQLChange<Result>) throws {
        guard !change.statements.isEmpty else { return }
        _ = try connection.run(change.statements)
        try connection.execute("COMMIT")
    }

    private func transact<Result: Sendable>(
        isWriting: Bool, _ body: (any SQLTransaction) throws -> Result,
        ending end: (SQLiteConnection, Result) throws -> Void
    ) throws -> Result {
        let connection = try connection()
        do {
            if isWriting { try connection.beginWriting(path) } else { try connection.execute("BEGIN") }
            let result = try body(connection)
            try end(connection, result)
            giveBack(connection)
            return result
        } catch {
            giveBack(connection, after: error)
            throw error
        }
    }

    private func describing<Result: Sendable>(isChange: Bool, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let failure as SQLiteFailure {
            throw failure.error(of: path, isChange: isChange)
        }
    }

    // MARK: Turns

    func isLive(_ prompt: PromptHeader) throws -> Bool {
        guard let name = prompt.holder else { return false }
        do {
            return try holder.isAlive(name)
        } catch {
            throw lockFailure(error)
        }
    }

    func claim() throws -> String {
        do {
            return try holder.take()
        } catch {
            throw lockFailure(error)
        }
    }

    func hold(_ claim: TurnClaim) {}

    func drop(_ claim: TurnClaim) { holder.drop(claim.holder) }

    private func lockFailure(_ error: SystemError) -> SessionError {
        let problem =
            error.isUnsupported
            ? "The file system of '\(path)' has no locks; keep the database on another."
            : "'\(path)-live' can't be used: \(error.reason)."
        return SessionError(.notSaved, problem + " NOT SAVED.", cause: error)
    }
}
