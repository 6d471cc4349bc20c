import SessionKit
import SessionSQL

/// The tables that a file keeps sessions in.
enum SQLiteSchema {
    /// The version that this program reads and writes, in the file's header.
    static let version = 1

    /// What tells the file from another program's: `sesh` in ASCII.
    private static let application = 0x7365_7368

    /// Makes the tables in a new file, and refuses one that is another program's or of a later version.
    ///
    /// - Throws: `SQLiteFailure`; `SessionError` with `storeMisconfigured`.
    static func prepare(_ connection: SQLiteConnection, path: String) throws {
        // One transaction, so that what is read is one moment: another process may be making the tables.
        if try transact("BEGIN", connection, { try isReady(connection, path) }) { return }
        _ = try transact("BEGIN IMMEDIATE", connection) {
            if try !isReady(connection, path) {
                for table in tables { try connection.execute(table) }
                try connection.execute("PRAGMA application_id = \(application)")
                try connection.execute("PRAGMA user_version = \(version)")
            }
            return true
        }
    }

    private static func transact(
        _ begin: String, _ connection: SQLiteConnection, _ body: () throws -> Bool
    ) throws -> Bool {
        try connection.execute(begin)
        do {
            let result = try body()
            try connection.execute("COMMIT")
            return result
        } catch {
            connection.rollBack()
            throw error
        }
    }

    private static func isReady(_ connection: SQLiteConnection, _ path: String) throws -> Bool {
        let answers = try connection.run(
            ["PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema"].map {
                SQLStatement($0, [])
            })
        let (owner, found, objects) = (
            answers[0].first?.number(0), answers[1].first?.number(0), answers[2].first?.number(0)
        )
        if owner == 0, found == 0, objects == 0 { return false }
        guard owner == application else {
            throw SessionError(
                .storeMisconfigured, "'\(path)' is another program's database; give sesh a file of its own.")
        }
        guard found == version else {
            throw SessionError(
                .storeMisconfigured,
                "The tables in '\(path)' are of version \(found ?? 0), which another version of sesh made; this one knows "
                    + "\(version). Use a later version of sesh.")
        }
        return true
    }

    private static let tables = [
        """
        CREATE TABLE session (
          sid TEXT PRIMARY KEY, id TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, head TEXT NOT NULL, settings TEXT NOT NULL,
          updated_ms INTEGER NOT NULL, next_pos INTEGER NOT NULL, last_turn TEXT, ops TEXT NOT NULL) STRICT
        """,
        "CREATE INDEX session_used ON session (updated_ms DESC, id)",
        """
        CREATE TABLE turn (
          sid TEXT NOT NULL, turn TEXT NOT NULL, pos INTEGER NOT NULL, after TEXT, messages INTEGER NOT NULL,
          settings_from TEXT, strange_from TEXT, settings TEXT, strange TEXT, PRIMARY KEY (sid, turn)) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE prompt (
          sid TEXT NOT NULL, turn TEXT NOT NULL, ord INTEGER NOT NULL, line TEXT NOT NULL, replacing TEXT,
          created_ms INTEGER, partial INTEGER NOT NULL, digest TEXT, holder TEXT, epoch INTEGER NOT NULL,
          PRIMARY KEY (sid, turn)) STRICT
        """,
        """
        CREATE TABLE undone (
          sid TEXT NOT NULL, ord INTEGER NOT NULL, turn TEXT NOT NULL, line TEXT NOT NULL, PRIMARY KEY (sid, ord)) STRICT
        """,
        """
        CREATE TABLE message (
          sid TEXT NOT NULL, pos INTEGER NOT NULL, n INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (sid, pos, n)) STRICT
        """,
    ]
}
