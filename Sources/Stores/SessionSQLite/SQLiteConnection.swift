internal import CSQLite
import SessionKit
import SessionSQL
import Synchronization

/// An open database file, for one transaction after another.
final class SQLiteConnection: SQLTransaction, Sendable {
    private let handle: Mutex<SQLiteHandle>

    /// Opens a file that exists.
    init(_ path: String) throws(SQLiteFailure) { handle = Mutex(try SQLiteHandle.open(path)) }

    /// Runs statements one after another.
    func run(_ statements: [SQLStatement]) throws -> [[SQLRow]] {
        try handle.withLock { handle in
            var answers: [[SQLRow]] = []
            for statement in statements { answers.append(try handle.run(statement)) }
            return answers
        }
    }

    /// Runs a statement that takes and gives no values.
    func execute(_ sql: String) throws {
        try handle.withLock { try $0.execute(sql) }
    }

    /// Begins to write, once nobody else does.
    ///
    /// - Throws: `SQLiteFailure`; `SessionError` with `cancelled` if the wait for others is given up.
    func beginWriting(_ path: String) throws {
        try handle.withLock { try $0.beginWriting(path) }
    }

    /// Undoes what the open transaction did, if there is one.
    func rollBack() {
        handle.withLock { handle in
            // Some failures end the transaction by themselves.
            if !handle.isIdle { try? handle.execute("ROLLBACK") }
        }
    }
}

/// A connection of libsqlite3: one owner, closed with it.
struct SQLiteHandle: ~Copyable {
    /// How long another program's change is awaited, in milliseconds.
    private static let patience: Int32 = 30_000
    /// How many statements are kept ready.
    private static let most = 64

    private let database: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]

    private init(_ database: OpaquePointer) { self.database = database }

    /// Opens a file that exists.
    static func open(_ path: String) throws(SQLiteFailure) -> SQLiteHandle {
        var opened: OpaquePointer?
        let code = sesh_sqlite_open(path, &opened)
        guard let opened else { throw SQLiteFailure(code, words: "there is not enough memory") }
        let handle = SQLiteHandle(opened)
        try handle.require(code)
        sesh_sqlite_set_patience(opened, Self.patience)
        return handle
    }

    deinit {
        for statement in statements.values { sesh_sqlite_finalize(statement) }
        sesh_sqlite_close(database)
    }

    /// Whether no transaction is open.
    var isIdle: Bool { sesh_sqlite_is_idle(database) }

    private func failure(_ code: Int32) -> SQLiteFailure {
        SQLiteFailure(code, words: String(cString: sesh_sqlite_error(database)))
    }

    private func require(_ code: Int32) throws(SQLiteFailure) {
        if code != sesh_sqlite_ok { throw failure(code) }
    }

    func execute(_ sql: String) throws(SQLiteFailure) { try require(sesh_sqlite_execute(database, sql)) }

    func beginWriting(_ path: String) throws {
        // In slices, so that a wait can be given up.
        sesh_sqlite_set_patience(database, 100)
        defer { sesh_sqlite_set_patience(database, Self.patience) }
        let start = ContinuousClock.now
        while true {
            do {
                return try execute("BEGIN IMMEDIATE")
            } catch {
                guard error.isBusy, ContinuousClock.now - start < .milliseconds(Int(Self.patience)) else { throw error }
                if SQLCancellation.ends(waitSince: start) { throw SQLCancellation.error("'\(path)'") }
            }
        }
    }

    mutating func run(_ statement: SQLStatement) throws(SQLiteFailure) -> [SQLRow] {
        let prepared = try prepared(statement.sql)
        defer { sesh_sqlite_reset(prepared) }
        for (place, value) in statement.values.enumerated() {
            // `$1` would be the tenant, which a file of one user does not have.
            let parameter = sesh_sqlite_parameter(prepared, "$\(place + 2)")
            if parameter > 0 { try bind(value, to: parameter, of: prepared) }
        }
        var rows: [SQLRow] = []
        while true {
            let code = sesh_sqlite_step(prepared)
            if code == sesh_sqlite_done { return rows }
            guard code == sesh_sqlite_row else { throw failure(code) }
            rows.append(try row(of: prepared))
        }
    }

    private mutating func prepared(_ sql: String) throws(SQLiteFailure) -> OpaquePointer {
        if let ready = statements[sql] { return ready }
        if statements.count >= Self.most {
            for statement in statements.values { sesh_sqlite_finalize(statement) }
            statements = [:]
        }
        var made: OpaquePointer?
        try require(sesh_sqlite_prepare(database, sql, true, &made))
        guard let made else { throw SQLiteFailure(1, words: "a statement is empty") }
        statements[sql] = made
        return made
    }

    private func bind(_ value: SQLValue, to parameter: Int32, of statement: OpaquePointer) throws(SQLiteFailure) {
        switch value {
        case .null: break
        case .integer(let number): try require(sesh_sqlite_bind_integer(statement, parameter, number))
        case .text(let bytes):
            let code = bytes.withUnsafeBytes { bytes in
                // An empty text has no address, and would become no value.
                guard let base = bytes.baseAddress else { return sesh_sqlite_bind_text(statement, parameter, "", 0) }
                return sesh_sqlite_bind_text(
                    statement, parameter, base.assumingMemoryBound(to: CChar.self), bytes.count)
            }
            try require(code)
        }
    }

    private func row(of statement: OpaquePointer) throws(SQLiteFailure) -> SQLRow {
        var values: [SQLValue] = []
        for column in 0..<sesh_sqlite_columns(statement) {
            if sesh_sqlite_is_null(statement, column) {
                values.append(.null)
            } else if sesh_sqlite_is_integer(statement, column) {
                values.append(.integer(sesh_sqlite_integer(statement, column)))
            } else {
                var count = 0
                guard let text = sesh_sqlite_text(statement, column, &count) else {
                    throw SQLiteFailure(7, words: "there is not enough memory")
                }
                values.append(.text(Array(UnsafeBufferPointer(start: text, count: count))))
            }
        }
        return SQLRow(values)
    }
}
