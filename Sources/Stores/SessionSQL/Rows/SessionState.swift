import SessionJSON
import SessionKit

/// What is read of a session that is to be changed: its row, its pending prompts, and its last turns.
///
/// Words are read of none of them.
struct SessionState {
    /// The key that it never shares with another, not even one that is made anew under its id.
    let key: String
    var head: SessionHead
    /// The position of the next turn, of the history or of those taken back.
    var nextPosition: Int64
    /// What its last changes are recorded by.
    let operations: String
    var prompts: [PromptHeader]
    /// The last turns, the last one first, as many as were asked for.
    var window: [TurnRow]
    var undone: [UndoneRow] = []

    /// Asks for all of it.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - turns: how many of the last turns at most.
    ///   - undone: whether those that were taken back, too.
    static func questions(
        _ id: SessionID, turns: Int, undone: Bool = false, _ dialect: SQLDialect
    ) -> [SQLStatement] {
        let name: [SQLValue] = [.text(id.folded), .text(id.rawValue)]
        let schema = dialect.schema
        let key = dialect.keyOfNamed
        var statements = [
            SQLStatement(
                "SELECT sid, head, settings, next_pos, ops FROM \(schema)session "
                    + "WHERE \(dialect.own())folded = $2 AND id = $3\(dialect.locking)", name),
            SQLStatement(
                "SELECT \(PromptHeader.columns(dialect, line: partLine(dialect))) FROM \(schema)prompt p "
                    + "WHERE \(dialect.own("p"))p.sid = \(key) ORDER BY p.ord", name),
            SQLStatement(
                "WITH RECURSIVE chain (turn, depth) AS (SELECT last_turn, 1 FROM \(schema)session "
                    + "WHERE \(dialect.own())folded = $2 AND id = $3 UNION ALL SELECT "
                    + "(SELECT a.after FROM \(schema)turn a WHERE \(dialect.own("a"))a.sid = \(key) AND a.turn = chain.turn), "
                    + "chain.depth + 1 FROM chain WHERE chain.depth < CAST($4 AS bigint) AND chain.turn IS NOT NULL) "
                    + "SELECT \(TurnRow.columns(dialect)) FROM chain "
                    + dialect.lookUp("turn", "t", on: "\(dialect.own("t"))t.sid = \(key) AND t.turn = chain.turn")
                    + " ORDER BY chain.depth", name + [.number(turns)]),
        ]
        if undone {
            statements.append(
                SQLStatement(
                    "SELECT \(TurnRow.columns(dialect)), u.ord, u.line FROM \(schema)undone u "
                        + dialect.lookUp("turn", "t", on: "\(dialect.own("t"))t.sid = u.sid AND t.turn = u.turn")
                        + " WHERE \(dialect.own("u"))u.sid = \(key) ORDER BY u.ord", name))
        }
        return statements
    }

    /// The line of a prompt that may have to be committed with a part of its answer; the words of others are not read.
    private static func partLine(_ dialect: SQLDialect) -> String {
        "CASE WHEN p.partial = 1 AND NOT \(dialect.isLeased) THEN p.line END"
    }

    /// A session that is to be made.
    init(making head: SessionHead, key: String, from position: Int64 = 1) {
        self.key = key
        self.head = head
        nextPosition = position
        operations = ""
        prompts = []
        window = []
    }

    /// Takes the answers to the questions.
    ///
    /// - Throws: `SessionError`, `notFound` if there is no such session.
    init(_ id: SessionID, _ answers: [[SQLRow]]) throws {
        guard answers.count >= 3, let row = answers[0].first, let key = row.text(0) else {
            throw SessionError.noSession(id)
        }
        self.key = key
        head = try SessionHead(row.bytes(1) ?? [], settings: row.bytes(2) ?? [], id: id)
        nextPosition = row.integer(3) ?? 1
        operations = row.text(4) ?? ""
        prompts = try answers[1].map(PromptHeader.init)
        window = try answers[2].map(TurnRow.init)
        guard answers.count > 3 else { return }
        undone = try answers[3].map { row in
            UndoneRow(
                order: row.integer(10) ?? 0, entry: try UndoneLine.decode(row.bytes(11) ?? []), row: try TurnRow(row))
        }
    }

    /// The prompt of a turn.
    func prompt(_ turn: TurnID) -> PromptHeader? { prompts.first { $0.turn == turn } }
}

extension SQLDialect {
    /// The key of the session whose folded id is `$2` and whose id is `$3`.
    var keyOfNamed: String { "(SELECT sid FROM \(schema)session WHERE \(own())folded = $2 AND id = $3)" }
}

extension SessionState: SessionHeaders {
    var id: SessionID { head.summary.id }
    var settings: SessionSettings { head.settings }
    var pendingHeaders: [PendingHeader] { prompts.map(\.header) }

    func hasWords(_ digest: ContentDigest, pending turn: TurnID) -> Bool { prompt(turn)?.digest == digest }

    var undoneTurns: [UndoneTurn] { undone.map(\.entry) }

    func lastTurns(_ count: Int) -> [TurnID] { window.prefix(count).map(\.turn) }

    // The rules ask this of pending prompts alone.
    func contains(_ turn: TurnID) -> Bool { prompt(turn)?.isInHistory ?? window.contains { $0.turn == turn } }

    func recordedSettings(leavingOut count: Int) throws -> SessionSettings {
        guard let text = window.dropFirst(count).first?.recorded else { return SessionSettings() }
        return try SettingsText.decode(text)
    }

    func unknownRole(leavingOut count: Int) -> Role? {
        window.dropFirst(count).first?.unknownRole.map(Role.init(rawValue:))
    }
}
