#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionJSON
import SessionKit

/// A change of a session in the making: what its state becomes, and the statements that make it so.
struct SessionWriting {
    private(set) var state: SessionState
    private(set) var statements: [SQLStatement] = []
    /// A question that has an answer once the change has happened.
    private(set) var evidence: SQLStatement?
    let dialect: SQLDialect
    private let settingsBefore: SessionSettings
    /// Whether the first turn of the history may be another now, or there is none.
    private var isPreviewStale = false

    /// Begins to change a session.
    init(_ state: SessionState, _ dialect: SQLDialect) {
        self.state = state
        self.dialect = dialect
        settingsBefore = state.settings
    }

    private var schema: String { dialect.schema }
    private var mine: String { "WHERE \(dialect.own())sid = $2" }

    var head: SessionHead {
        get { state.head }
        set { state.head = newValue }
    }

    /// The change, ready to be committed.
    func change<Result: Sendable>(_ result: Result) -> SQLChange<Result> {
        let previous = state.operations.prefix { $0 != " " }
        return SQLChange(state.key, statements, after: String(previous), evidence: evidence, result)
    }

    /// Makes another session's change part of this one.
    mutating func join(_ other: SessionWriting) { statements += other.statements }

    mutating func add(_ sql: String, _ values: [SQLValue] = []) {
        statements.append(SQLStatement(sql, [.text(state.key)] + values))
    }

    // MARK: Prompts

    /// Saves a prompt as pending and taken.
    ///
    /// - Parameters:
    ///   - line: the prompt.
    ///   - old: the row that it takes the place of, if it was there.
    ///   - claim: who takes it.
    mutating func save(_ line: PendingLine, replacing old: PromptHeader?, _ claim: TurnClaim) throws {
        let prompt = line.prompt
        let values: [SQLValue] = [
            .text(prompt.turn.rawValue), .text(try line.encode()), .optional(prompt.replacing?.rawValue),
            .optional(prompt.createdAt.map(Timestamp.milliseconds)), .number(prompt.partial == nil ? 0 : 1),
            .text(ContentDigest(prompt.content).stored), .text(claim.holder), .number(claim.epoch),
        ]
        if old != nil {
            add(
                "UPDATE \(schema)prompt SET line = $4, replacing = $5, created_ms = $6, partial = $7, digest = $8, "
                    + "holder = $9, epoch = $10\(dialect.leaseSetting) \(mine) AND turn = $3", values)
        } else {
            add(
                dialect.insert(
                    into: "prompt",
                    "sid, turn, line, replacing, created_ms, partial, digest, holder, epoch, ord\(dialect.leaseColumn)")
                    + "VALUES (\(dialect.ownValue)$2, $3, $4, $5, $6, $7, $8, $9, $10, $11\(dialect.leaseValue))",
                values + [.integer(state.nextPosition)])
            state.nextPosition += 1
            state.head.summary.pendingCount += 1
        }
        evidence = SQLStatement(
            "SELECT 1 FROM \(schema)prompt \(mine) AND turn = $3 AND holder = $4 AND epoch = $5",
            [.text(state.key), .text(prompt.turn.rawValue), .text(claim.holder), .number(claim.epoch)])
        // Before there is a history, the first prompt is what a list shows.
        if state.window.isEmpty, state.prompts.first.map({ $0.turn == prompt.turn }) ?? true {
            state.head.summary.preview = SessionSummary.preview(of: prompt.content.text)
            isPreviewStale = false
        }
    }

    /// Writes a part of an answer beside its prompt.
    mutating func keep(_ line: PendingLine) throws {
        add(
            "UPDATE \(schema)prompt SET line = $4, partial = 1 \(mine) AND turn = $3",
            [.text(line.prompt.turn.rawValue), .text(try line.encode())])
    }

    /// Removes a pending prompt.
    mutating func removePrompt(_ turn: TurnID) {
        let before = state.prompts.count
        if state.prompts.first?.turn == turn, state.window.isEmpty { isPreviewStale = true }
        state.prompts.removeAll { $0.turn == turn }
        state.head.summary.pendingCount -= before - state.prompts.count
        add("DELETE FROM \(schema)prompt \(mine) AND turn = $3", [.text(turn.rawValue)])
    }

    // MARK: History

    /// Puts a turn at the end of the history.
    ///
    /// - Parameters:
    ///   - messages: its messages.
    ///   - lines: their texts.
    mutating func append(_ turn: TurnID, _ messages: [Message], lines: [[UInt8]]) {
        append([Turn(id: turn, messages: messages)], lines: [lines])
        evidence = SQLStatement(
            "SELECT 1 FROM \(schema)turn \(mine) AND turn = $3", [.text(state.key), .text(turn.rawValue)])
    }

    /// Puts turns at the end of the history, many rows to a statement.
    ///
    /// - Parameters:
    ///   - turns: the turns, oldest first.
    ///   - lines: the texts of the messages of each.
    mutating func append(_ turns: [Turn], lines: [[[UInt8]]]) {
        var (turnRows, messageRows): ([[SQLValue]], [[SQLValue]]) = ([], [])
        for (turn, lines) in zip(turns, lines) {
            var row = TurnRow(turn.id, at: state.nextPosition, messages: turn.messages)
            row.follow(state.window.first)
            turnRows.append([
                .text(turn.id.rawValue), .integer(row.position), .optional(row.after?.rawValue), .number(row.messages),
                .optional(row.settingsFrom?.rawValue), .optional(row.strangeFrom?.rawValue), .optional(row.settings),
                .optional(row.strange),
            ])
            for (place, line) in lines.enumerated() {
                messageRows.append([.integer(row.position), .number(place), .text(line)])
            }
            if state.window.isEmpty, let first = turn.messages.first(where: { $0.role == .user }) {
                state.head.summary.preview = SessionSummary.preview(of: first.content.text)
                isPreviewStale = false
            }
            // The last turn and the one before are all that a turn to come asks for.
            state.window.removeSubrange(min(1, state.window.count)...)
            enter(row)
        }
        add(into: "turn", "sid, turn, pos, after, messages, settings_from, strange_from, settings, strange", turnRows)
        add(into: "message", "sid, pos, n, line", messageRows)
    }

    /// Adds rows to one of the session's tables.
    private mutating func add(into table: String, _ columns: String, _ rows: [[SQLValue]]) {
        // With at most 8 values a row: databases take some ten thousand in a statement.
        for start in stride(from: 0, to: rows.count, by: 256) {
            let part = rows[start..<min(start + 256, rows.count)]
            var next = 2
            let groups = part.map { row in
                let parameters = row.map { _ in
                    next += 1
                    return ", $\(next)"
                }
                return "(\(dialect.ownValue)$2\(parameters.joined()))"
            }
            add(dialect.insert(into: table, columns) + "VALUES " + groups.joined(separator: ", "), part.flatMap(\.self))
        }
    }

    private mutating func enter(_ row: TurnRow) {
        state.nextPosition += 1
        state.head.summary.messageCount += row.messages
        state.window.insert(row, at: 0)
    }

    /// Moves a turn between the history and those taken back.
    ///
    /// - Returns: the turn that was moved.
    @discardableResult
    mutating func make(_ move: HistoryMove) throws -> TurnRow {
        switch move {
        case .retire(let entry): try retire(entry)
        case .restore(let index): try restore(index)
        }
    }

    private mutating func retire(_ entry: UndoneTurn) throws -> TurnRow {
        guard var row = state.window.first, row.turn == entry.turn else {
            throw RowFlaw(problem: "turn \(entry.turn) is not the last")
        }
        let order = state.nextPosition
        state.nextPosition += 1
        place(row.turn, from: row.position, at: -order)
        add(
            "UPDATE \(schema)turn SET pos = $4, after = NULL, settings_from = NULL, strange_from = NULL \(mine) AND turn = $3",
            [.text(row.turn.rawValue), .integer(-order)])
        add(
            dialect.insert(into: "undone", "sid, ord, turn, line") + "VALUES (\(dialect.ownValue)$2, $3, $4, $5)",
            [.integer(order), .text(row.turn.rawValue), .text(UndoneLine.encode(entry))])
        state.window.removeFirst()
        state.head.summary.messageCount -= row.messages
        guard state.window.first?.turn == row.after else {
            throw RowFlaw(problem: "turn \(entry.turn) does not follow the one before it")
        }
        row.position = -order
        state.undone.append(UndoneRow(order: order, entry: entry, row: row))
        if state.window.isEmpty { isPreviewStale = true }
        return row
    }

    private mutating func restore(_ index: Int) throws -> TurnRow {
        guard state.undone.indices.contains(index) else { throw RowFlaw(problem: "there is no such undone turn") }
        let undone = state.undone.remove(at: index)
        var row = undone.row
        row.position = state.nextPosition
        row.follow(state.window.first)
        if state.window.isEmpty { isPreviewStale = true }
        place(row.turn, from: -undone.order, at: row.position)
        add(
            "UPDATE \(schema)turn SET pos = $4, after = $5, settings_from = $6, strange_from = $7 \(mine) AND turn = $3",
            [
                .text(row.turn.rawValue), .integer(row.position), .optional(row.after?.rawValue),
                .optional(row.settingsFrom?.rawValue), .optional(row.strangeFrom?.rawValue),
            ])
        add("DELETE FROM \(schema)undone \(mine) AND ord = $3", [.integer(undone.order)])
        enter(row)
        return row
    }

    private mutating func place(_ turn: TurnID, from old: Int64, at new: Int64) {
        add("UPDATE \(schema)message SET pos = $4 \(mine) AND pos = $3", [.integer(old), .integer(new)])
    }

    /// Empties the history, the pending prompts and those taken back.
    mutating func reset() {
        for table in ["message", "turn", "undone", "prompt"] { add("DELETE FROM \(schema)\(table) \(mine)") }
        state.window = []
        state.prompts = []
        state.head.summary.messageCount = 0
        state.head.summary.pendingCount = 0
        state.head.summary.preview = ""
        isPreviewStale = false
    }

    // MARK: The session's row

    /// Ends the change: brings the summary up to date and adds the statement that writes the session's row.
    ///
    /// - Parameters:
    ///   - identity: what the change is recorded by.
    ///   - now: when the write is that is counted; nil for one that is not.
    ///   - transaction: where the first prompt is read, if it is another now.
    mutating func finish(
        _ identity: SQLChangeIdentity, at now: Date?, in transaction: any SQLTransaction
    ) throws {
        if let now { state.head.summary.countWrite(at: now) }
        if isPreviewStale {
            // What the first turn or prompt is now shows only once the moves are made.
            _ = try transaction.run(statements)
            statements = []
            state.head.summary.preview = try currentPreview(in: transaction)
        }
        let (values, settings) = try rowValues(identity)
        // A long system prompt is not written again with every turn.
        let isSame = state.settings == settingsBefore
        add(
            "UPDATE \(schema)session SET head = $3, updated_ms = $4, next_pos = $5, last_turn = $6, ops = $7, id = $8, "
                + "folded = $9\(isSame ? "" : ", settings = $10") \(mine)", isSame ? values : values + [settings])
    }

    /// Ends the making of a session: adds the statement that makes its row.
    mutating func finishMaking(_ identity: SQLChangeIdentity, at now: Date) throws {
        state.head.summary.countWrite(at: now)
        let (values, settings) = try rowValues(identity)
        add(
            dialect.insert(
                into: "session", "sid, head, updated_ms, next_pos, last_turn, ops, id, folded, settings")
                + "VALUES (\(dialect.ownValue)$2, $3, $4, $5, $6, $7, $8, $9, $10)", values + [settings])
    }

    private mutating func rowValues(_ identity: SQLChangeIdentity) throws -> (values: [SQLValue], settings: SQLValue) {
        let texts = try state.head.encode()
        let operations = [identity.operation] + state.operations.split(separator: " ").prefix(15).map(String.init)
        let values: [SQLValue] = [
            .text(texts.head), .integer(Timestamp.milliseconds(of: state.head.summary.updatedAt)),
            .integer(state.nextPosition), .optional(state.window.first?.turn.rawValue),
            .text(operations.joined(separator: " ")), .text(state.id.rawValue), .text(state.id.folded),
        ]
        return (values, .text(texts.settings))
    }

    private func currentPreview(in transaction: any SQLTransaction) throws -> String {
        let key: [SQLValue] = [.text(state.key)]
        if !state.window.isEmpty {
            let rows = try transaction.run(
                "SELECT line FROM \(schema)message \(mine) AND pos > 0 ORDER BY pos, n LIMIT 1", key)
            return try rows.first?.bytes(0).map { SessionSummary.preview(of: try MessageLine.decode($0).content.text) }
                ?? ""
        }
        let rows = try transaction.run("SELECT line FROM \(schema)prompt \(mine) ORDER BY ord LIMIT 1", key)
        return try rows.first?.bytes(0).map { SessionSummary.preview(of: try PendingLine($0).prompt.content.text) }
            ?? ""
    }
}
