import SessionKit
import SessionSQL

/// The tables that a PostgreSQL database keeps sessions in, and who may use them.
///
/// A session belongs to a tenant, which follows from the user who is connected and from nothing that a program says. Row
/// level security is in force for the owner of the tables too. Programs should connect as a user who owns no table;
/// superusers and those with BYPASSRLS are not stopped by policies, though each statement names its tenant as well.
public enum PostgreSQLSchema {
    /// The version that this program reads and writes.
    public static let version = 1

    /// What makes the tables and lets a user at them, statement by statement; run again, it changes nothing.
    ///
    /// - Parameter role: the user that programs connect as; nil for the one who runs this.
    public static func statements(for role: String? = nil) -> [String] {
        ["CREATE SCHEMA IF NOT EXISTS sesh"] + tables + tenancy
            + ["INSERT INTO sesh.version (version) VALUES (\(version)) ON CONFLICT DO NOTHING"] + access(for: role)
    }

    /// What lets a user at tables that are there; those who are at work in them go on meanwhile.
    static func access(for role: String?) -> [String] {
        let user = role.map(quoted) ?? "CURRENT_USER"
        return [
            "GRANT USAGE ON SCHEMA sesh TO \(user)",
            "GRANT SELECT ON sesh.version, sesh.tenant TO \(user)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON sesh.session, sesh.turn, sesh.prompt, sesh.undone, sesh.message "
                + "TO \(user)",
            "INSERT INTO sesh.tenant (role) VALUES (\(role.map(literal) ?? "current_user")) ON CONFLICT DO NOTHING",
        ]
    }

    /// What makes the tables, as a script for psql.
    ///
    /// - Parameter role: the user that programs connect as; nil for the one who runs this.
    public static func script(for role: String? = nil) -> String {
        let lines = [lock] + statements(for: role)
        return "BEGIN;\n" + lines.map { $0 + ";\n" }.joined() + "COMMIT;\n"
    }

    /// Two that make or change the tables at once go one after another; the lock ends with the transaction.
    static let lock = "SELECT pg_advisory_xact_lock(7310868, \(version))"

    private static let tables = [
        "CREATE TABLE IF NOT EXISTS sesh.version (version int PRIMARY KEY)",
        """
        CREATE TABLE IF NOT EXISTS sesh.tenant (
          tenant bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, role name NOT NULL UNIQUE)
        """,
        """
        CREATE TABLE IF NOT EXISTS sesh.session (
          tenant bigint, sid uuid, id text COLLATE "C" NOT NULL, folded text COLLATE "C" NOT NULL,
          head text NOT NULL, settings text NOT NULL, updated_ms bigint NOT NULL, next_pos bigint NOT NULL,
          last_turn text COLLATE "C", ops text NOT NULL,
          PRIMARY KEY (tenant, sid), UNIQUE (tenant, folded), CHECK (folded = lower(id)))
        """,
        "CREATE INDEX IF NOT EXISTS session_used ON sesh.session (tenant, updated_ms DESC, id)",
        """
        CREATE TABLE IF NOT EXISTS sesh.turn (
          tenant bigint, sid uuid, turn text COLLATE "C", pos bigint NOT NULL, after text COLLATE "C",
          messages int NOT NULL, settings_from text COLLATE "C", strange_from text COLLATE "C",
          settings text, strange text, PRIMARY KEY (tenant, sid, turn))
        """,
        """
        CREATE TABLE IF NOT EXISTS sesh.prompt (
          tenant bigint, sid uuid, turn text COLLATE "C", ord bigint NOT NULL, line text NOT NULL,
          replacing text COLLATE "C", created_ms bigint, partial smallint NOT NULL, digest text COLLATE "C",
          holder uuid, epoch int NOT NULL, lease_until timestamptz, PRIMARY KEY (tenant, sid, turn))
        """,
        """
        CREATE TABLE IF NOT EXISTS sesh.undone (
          tenant bigint, sid uuid, ord bigint, turn text COLLATE "C" NOT NULL, line text NOT NULL,
          PRIMARY KEY (tenant, sid, ord))
        """,
        """
        CREATE TABLE IF NOT EXISTS sesh.message (
          tenant bigint, sid uuid, pos bigint, n int, line text NOT NULL, PRIMARY KEY (tenant, sid, pos, n))
        """,
    ]

    private static let tenancy =
        ["session", "turn", "prompt", "undone", "message"].flatMap { table in
            policy(table, "tenant = (SELECT t.tenant FROM sesh.tenant t WHERE t.role = current_user)")
        } + policy("tenant", "role = current_user", to: "FOR SELECT ")
        + [
            "DROP POLICY IF EXISTS registration ON sesh.tenant",
            "CREATE POLICY registration ON sesh.tenant FOR INSERT WITH CHECK (true)",
        ]

    private static func policy(_ table: String, _ condition: String, to command: String = "") -> [String] {
        [
            "ALTER TABLE sesh.\(table) ENABLE ROW LEVEL SECURITY", "ALTER TABLE sesh.\(table) FORCE ROW LEVEL SECURITY",
            "DROP POLICY IF EXISTS own ON sesh.\(table)",
            "CREATE POLICY own ON sesh.\(table) \(command)USING (\(condition))",
        ]
    }

    /// A name as SQL has it.
    private static func quoted(_ name: String) -> String { "\"" + doubling("\"", in: name) + "\"" }
    /// A text as SQL has it; the server takes backslashes for what they are, which is its default.
    private static func literal(_ text: String) -> String { "'" + doubling("'", in: text) + "'" }

    private static func doubling(_ mark: Character, in text: String) -> String {
        text.reduce(into: "") { result, character in
            if character == mark { result.append(mark) }
            result.append(character)
        }
    }

    /// Asks a server what this user may see.
    static let greeting = SQLStatement(
        "SELECT (SELECT max(version) FROM sesh.version), (SELECT tenant FROM sesh.tenant WHERE role = current_user), "
            + "current_user", [])

    /// Takes the answer to the greeting.
    ///
    /// - Returns: the tenant's number.
    static func tenant(in row: SQLRow?, at name: String) throws(SessionError) -> String {
        let found = row?.number(0) ?? 0
        guard found >= version else {
            throw SessionError(
                .storeMisconfigured, "The tables in \(name) are of an older version; run 'sesh store migrate'.")
        }
        guard found == version else { throw later(found, at: name) }
        guard let tenant = row?.text(1) else {
            throw SessionError(
                .storeRefused,
                "The user '\(row?.text(2) ?? "")' has no place among the sessions in \(name); run 'sesh store init' for it."
            )
        }
        return tenant
    }

    /// The refusal of tables that a later version made.
    static func later(_ found: Int, at name: String) -> SessionError {
        SessionError(
            .storeMisconfigured,
            "The tables in \(name) are of version \(found), which a later sesh made; this one knows \(version). Use a later "
                + "version of sesh.")
    }
}
