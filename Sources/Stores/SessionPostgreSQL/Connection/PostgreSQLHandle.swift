internal import CPostgreSQL
internal import Platform
import SessionKit
import SessionSQL

/// A connection of libpq: one owner, closed with it.
///
/// Nothing here waits longer than a deadline, whatever the server or the network does; only the look-up of the host's name
/// is the system's to end.
struct PostgreSQLHandle: ~Copyable {
    /// How long a server may take to answer a connection.
    private static let connectPatience = Duration.seconds(10)
    /// How many statements go out before their answers are read: of a history of a million, none waits in memory.
    private static let most = 512

    private let connection: OpaquePointer

    private init(_ connection: OpaquePointer) { self.connection = connection }

    deinit { sesh_pg_close(connection) }

    /// Connects.
    ///
    /// Off this machine only to a server whose certificate is checked, its name included: libpq's default would send a
    /// password in the clear to whoever says that it has no TLS.
    /// - Parameters:
    ///   - address: where to.
    ///   - password: the password, if it does not come from where PostgreSQL's tools take it.
    /// - Throws: `SessionError` where the connection must not be made so; `PostgreSQLFailure`.
    static func open(_ address: PostgreSQLAddress, password: String?) throws -> PostgreSQLHandle {
        var options = [
            ("dbname", address.text), ("fallback_application_name", "sesh"), ("client_encoding", "UTF8"),
        ]
        if let password { options.append(("password", password)) }
        let handle = try begin(options)
        let hosts = handle.option("hostaddr") ?? handle.option("host") ?? ""
        if PostgreSQLAddress.isLocal(hosts) || handle.option("sslmode") == "verify-full" {
            try handle.connect()
            return handle
        }
        guard handle.option("sslmode") == "prefer" else {
            throw SessionError(
                .storeMisconfigured,
                "\(address) would go over the network without a checked certificate; only sslmode=verify-full is taken "
                    + "beyond this machine.")
        }
        let verified = try begin(options + [("sslmode", "verify-full")])
        try verified.connect()
        return verified
    }

    private static func begin(_ options: [(String, String)]) throws(PostgreSQLFailure) -> PostgreSQLHandle {
        let made = withTexts(options.map(\.0)) { names in
            withTexts(options.map(\.1)) { values in sesh_pg_connect(names, values) }
        }
        guard let made else { throw .lost(words: "there is not enough memory") }
        return PostgreSQLHandle(made)
    }

    /// Calls with a list of C strings that ends with NULL.
    private static func withTexts(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> OpaquePointer?
    ) -> OpaquePointer? {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes += text.utf8.map { CChar(bitPattern: $0) } + [0]
        }
        return bytes.withUnsafeBufferPointer { bytes in
            var pointers = starts.map { start in bytes.baseAddress.map { $0 + start } }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { list in list.baseAddress.flatMap(body) }
        }
    }

    private func option(_ name: String) -> String? {
        var value = [CChar](repeating: 0, count: 4096)
        guard sesh_pg_option(connection, name, &value, value.count) else { return nil }
        return String(decoding: value.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private var words: String { String(cString: sesh_pg_error(connection)) }

    private func connect() throws(PostgreSQLFailure) {
        let deadline = ContinuousClock.now + Self.connectPatience
        var progress = sesh_pg_progress_writing
        while true {
            switch progress {
            case sesh_pg_progress_done:
                guard sesh_pg_begin_pipeline(connection) else { throw .lost(words: words) }
                return
            case sesh_pg_progress_failed:
                if sesh_pg_needs_password(connection) {
                    throw .refused(state: "28P01", words: "the server wants a password, and there is none")
                }
                throw PostgreSQLFailure(connecting: words)
            default:
                try wait(
                    reading: progress == sesh_pg_progress_reading, writing: progress == sesh_pg_progress_writing,
                    deadline)
                progress = sesh_pg_connect_more(connection)
            }
        }
    }

    private func wait(reading: Bool, writing: Bool, _ deadline: ContinuousClock.Instant) throws(PostgreSQLFailure) {
        let socket = sesh_pg_socket(connection)
        guard socket >= 0 else { throw .lost(words: words) }
        let start = ContinuousClock.now
        while true {
            let rest = deadline - ContinuousClock.now
            guard rest > .zero else { throw .silent }
            // In slices, so that a wait can be given up.
            let milliseconds = Int32(min(max(rest / .milliseconds(1), 1), 100))
            if Descriptor.isReady(socket, reading: reading, writing: writing, within: milliseconds) { return }
            if SQLCancellation.ends(waitSince: start) { throw .cancelled }
        }
    }

    // MARK: Statements

    /// Runs statements, which go out together.
    ///
    /// - Parameters:
    ///   - statements: their texts and values.
    ///   - patience: how long the server may be silent.
    /// - Returns: the rows of each.
    borrowing func run(
        _ statements: [SQLStatement], tenant: String?, patience: Duration
    ) throws(PostgreSQLFailure) -> [[SQLRow]] {
        var rows: [[SQLRow]] = []
        rows.reserveCapacity(statements.count)
        var rest = statements[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.most)
            rest = rest.dropFirst(part.count)
            for statement in part { try send(statement, tenant: tenant) }
            guard sesh_pg_sync(connection) else { throw .lost(words: words) }
            try receive(into: &rows, patience: patience)
        }
        return rows
    }

    private borrowing func send(_ statement: SQLStatement, tenant: String?) throws(PostgreSQLFailure) {
        var bytes: [CChar] = []
        var starts: [Int?] = []
        func add(_ text: some Sequence<UInt8>) throws(PostgreSQLFailure) {
            starts.append(bytes.count)
            for byte in text {
                guard byte != 0 else { throw .refused(state: "22021", words: "a text has a NUL") }
                bytes.append(CChar(bitPattern: byte))
            }
            bytes.append(0)
        }
        if statement.sql.contains("$1") { try add((tenant ?? "").utf8) }
        for value in statement.values {
            switch value {
            case .null: starts.append(nil)
            case .integer(let number): try add(String(number).utf8)
            case .text(let text): try add(text)
            }
        }
        let isSent = bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { start in start.flatMap { place in bytes.baseAddress.map { $0 + place } } }
            return pointers.withUnsafeBufferPointer {
                sesh_pg_send(connection, statement.sql, Int32(pointers.count), $0.baseAddress)
            }
        }
        guard isSent else { throw .lost(words: words) }
    }

    /// Takes the results of what was sent, up to the end of the pipeline.
    private borrowing func receive(into rows: inout [[SQLRow]], patience: Duration) throws(PostgreSQLFailure) {
        var deadline = ContinuousClock.now + patience
        var failure: PostgreSQLFailure?
        while true {
            let isUnsent = sesh_pg_flush(connection)
            guard isUnsent >= 0 else { throw failure ?? .lost(words: words) }
            while !sesh_pg_is_busy(connection) {
                // Between the results of two statements there is one that is none.
                guard let result = sesh_pg_next(connection) else {
                    guard sesh_pg_is_open(connection) else { throw failure ?? .lost(words: words) }
                    continue
                }
                defer { sesh_pg_result_free(result) }
                deadline = ContinuousClock.now + patience
                switch sesh_pg_result_outcome(result) {
                case sesh_pg_outcome_synced:
                    if let failure { throw failure }
                    return
                case sesh_pg_outcome_done: rows.append(Self.rows(of: result))
                case sesh_pg_outcome_skipped: rows.append([])
                default:
                    failure =
                        failure
                        ?? PostgreSQLFailure(
                            state: String(cString: sesh_pg_result_state(result)),
                            words: Self.line(String(cString: sesh_pg_result_message(result)), or: words),
                            isOpen: sesh_pg_is_open(connection))
                    // No end of the pipeline comes from a server that has gone.
                    if let failure, !sesh_pg_is_open(connection) { throw failure }
                }
            }
            try wait(reading: true, writing: isUnsent > 0, deadline)
            guard sesh_pg_consume(connection) else { throw failure ?? .lost(words: words) }
        }
    }

    private static func line(_ text: String, or other: String) -> String {
        (text.isEmpty ? other : text).split(separator: "\n").first.map(String.init) ?? "no reason was given"
    }

    private static func rows(of result: OpaquePointer) -> [SQLRow] {
        let columns = sesh_pg_result_columns(result)
        return (0..<sesh_pg_result_rows(result)).map { row in
            SQLRow(
                (0..<columns).map { column in
                    var count = 0
                    guard let value = sesh_pg_result_value(result, row, column, &count) else { return .null }
                    return .text(Array(UnsafeRawBufferPointer(start: value, count: count)))
                })
        }
    }
}
