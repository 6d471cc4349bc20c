import SessionKit

/// How the SQL of one database differs from that of another; the statements are the same.
package struct SQLDialect: Sendable {
    /// What stands before the name of a table.
    package let schema: String
    /// Whether rows belong to a tenant, whose number is `$1`.
    package let hasTenants: Bool
    /// Whether the prompts' rows say until when somebody waits for them.
    package let hasLeases: Bool
    /// Whether a subquery in `FROM` may refer to what stands before it.
    package let hasLateral: Bool

    /// Makes a dialect.
    package init(schema: String, hasTenants: Bool, hasLeases: Bool, hasLateral: Bool) {
        self.schema = schema
        self.hasTenants = hasTenants
        self.hasLeases = hasLeases
        self.hasLateral = hasLateral
    }

    /// For how long a claim counts that nobody renews.
    private static let lease = "interval '45 seconds'"

    /// The condition that rows are this tenant's, with `AND` behind it.
    ///
    /// - Parameter alias: the name that the table has in the query.
    func own(_ alias: String? = nil) -> String { hasTenants ? "\(alias.map { $0 + "." } ?? "")tenant = $1 AND " : "" }

    /// The head of an `INSERT`, up to its values.
    func insert(into table: String, _ columns: String) -> String {
        "INSERT INTO \(schema)\(table) (\(hasTenants ? "tenant, " : "")\(columns)) "
    }

    /// The tenant's number as the first of the values of an `INSERT`.
    var ownValue: String { hasTenants ? "$1, " : "" }

    /// A session's key among the columns of a query, where its type can't be told from its place.
    func key(_ parameter: String) -> String { hasTenants ? "CAST(\(parameter) AS uuid)" : parameter }

    /// What makes a query lock the rows that it finds until the transaction ends; where one lock is on the whole database,
    /// the transaction has it already.
    var locking: String { hasTenants ? " FOR UPDATE" : "" }

    /// Whether a prompt's claim counts still.
    var isLeased: String { hasLeases ? "(holder IS NOT NULL AND lease_until > clock_timestamp())" : "(1 = 0)" }
    /// The column that a claim is renewed by, in a list of columns.
    var leaseColumn: String { hasLeases ? ", lease_until" : "" }
    /// Its value from now on.
    var leaseValue: String { hasLeases ? ", clock_timestamp() + \(Self.lease)" : "" }
    /// Its setting from now on, in an `UPDATE`.
    var leaseSetting: String { hasLeases ? ", lease_until = clock_timestamp() + \(Self.lease)" : "" }

    /// Joins one row of a table by its whole key to each that stands before it, whatever the statistics say: a plan that
    /// reads a whole session instead is a hundred times slower.
    func lookUp(_ table: String, _ alias: String, on condition: String) -> String {
        hasLateral
            ? "CROSS JOIN LATERAL (SELECT * FROM \(schema)\(table) \(alias) WHERE \(condition) OFFSET 0) \(alias)"
            : "CROSS JOIN \(schema)\(table) \(alias) ON \(condition)"
    }

    /// Renews a claim.
    package func renewal(of claim: TurnClaim) -> SQLStatement {
        SQLStatement(
            "UPDATE \(schema)prompt SET epoch = epoch\(leaseSetting) "
                + "WHERE \(own())sid = $2 AND turn = $3 AND holder = $4 AND epoch = $5",
            [.text(claim.session), .text(claim.turn.rawValue), .text(claim.holder), .number(claim.epoch)])
    }

    /// Lets a claim go, unless somebody else has taken the turn since.
    package func release(of claim: TurnClaim) -> SQLStatement {
        SQLStatement(
            "UPDATE \(schema)prompt SET holder = NULL "
                + "WHERE \(own())sid = $2 AND turn = $3 AND holder = $4 AND epoch = $5",
            [.text(claim.session), .text(claim.turn.rawValue), .text(claim.holder), .number(claim.epoch)])
    }

    /// Asks for what is recorded of a session's last changes, once nobody else is changing it.
    package func operations(of session: String) -> SQLStatement {
        SQLStatement("SELECT ops FROM \(schema)session WHERE \(own())sid = $2\(locking)", [.text(session)])
    }
}
