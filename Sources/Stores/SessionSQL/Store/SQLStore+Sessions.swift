import SessionJSON
public import SessionKit

extension SQLStore {
    /// Makes a session.
    public func create(
        _ id: SessionID, title: String?, settings: SessionSettings, model: ModelReference?, turns: [Turn]
    ) async throws -> Session {
        try settings.check()
        try Turn.checkHistory(turns)
        let key = SQLKey.unique()
        return try await database.waiting { [database] in
            let identity = SQLChangeIdentity(for: id)
            return try database.engine.change(identity) { transaction in
                try database.requireFree(id, database.namesakes(of: id, transaction))
                let now = Timestamp.rounded(database.now())
                let summary = SessionSummary(
                    id: id, title: title, createdAt: now, updatedAt: now, model: model, revision: 0)
                let state = SessionState(making: SessionHead(summary: summary, settings: settings), key: key)
                var writing = SessionWriting(state, database.dialect)
                try writing.append(turns, lines: turns.map { try $0.messages.map(MessageLine.encode) })
                try writing.finishMaking(identity, at: now)
                let made = Session(summary: writing.head.summary, settings: settings)
                return writing.change(made)
            }
        }
    }

    /// Copies a session's title, settings and history under a new id; the database copies the words by itself.
    public func fork(_ id: SessionID, as newID: SessionID, through turn: TurnID?) async throws -> Session {
        let key = SQLKey.unique()
        return try await database.waiting { [database] in
            let questions = SessionState.questions(id, turns: 1, database.dialect)
            // What was abandoned with a part of its answer goes along as the turn that it is shown as.
            try database.settleAll(id)
            let identity = SQLChangeIdentity(for: newID)
            return try database.engine.change(identity) { transaction in
                try SQLDatabase.describing(id) {
                    let original = try SessionState(id, transaction.run(questions))
                    try database.requireFree(newID, database.namesakes(of: newID, transaction))
                    let (last, count) = try database.extent(of: original, through: turn, transaction)
                    var summary = SessionRules.fork(
                        original.head.summary, as: newID, through: last?.turn, at: database.now())
                    summary.messageCount = count
                    summary.preview = count == 0 ? "" : original.head.summary.preview
                    var state = SessionState(
                        making: original.head.copy(as: summary), key: key, from: original.nextPosition)
                    if let last { state.window = [last] }
                    var writing = SessionWriting(state, database.dialect)
                    writing.copyHistory(of: original.key, through: last?.position ?? 0)
                    try writing.finishMaking(identity, at: database.now())
                    let made = Session(summary: writing.head.summary, settings: writing.head.settings)
                    return writing.change(made)
                }
            }
        }
    }

    /// Gives a session another id.
    public func rename(_ id: SessionID, to newID: SessionID) async throws -> Session {
        try await database.changing(id, turns: 1, more: [database.namesakeQuestion(newID)]) {
            [database] writing, transaction, answers, identity in
            try database.requireFree(newID, besides: id, answers.first ?? [])
            try SessionRules.rename(writing.state, isLive: database.isLive(in: writing.state))
            let pending = try database.pending(of: writing.state, transaction)
            writing.head.summary.id = newID
            try writing.finish(identity, at: database.now(), in: transaction)
            return Session(summary: writing.head.summary, settings: writing.head.settings, pending: pending)
        }
    }

    /// Removes a session.
    public func delete(_ id: SessionID) async throws {
        _ = try await database.remove(id) { _ in true }
    }
}

extension SQLDatabase {
    /// Asks for the sessions whose ids differ from this one by nothing or by case.
    func namesakeQuestion(_ id: SessionID) -> SQLStatement {
        SQLStatement("SELECT id FROM \(dialect.schema)session WHERE \(dialect.own())folded = $2", [.text(id.folded)])
    }

    func namesakes(of id: SessionID, _ transaction: any SQLTransaction) throws -> [SQLRow] {
        try transaction.run([namesakeQuestion(id)]).first ?? []
    }

    /// Checks that an id may be given to a session.
    ///
    /// - Parameters:
    ///   - id: the id.
    ///   - own: a session whose change of case is allowed.
    ///   - namesakes: the answer to `namesakeQuestion`. Of two that ask at once, the database refuses the second.
    func requireFree(_ id: SessionID, besides own: SessionID? = nil, _ namesakes: [SQLRow]) throws(SessionError) {
        for name in namesakes.compactMap({ $0.text(0) }) {
            if name == id.rawValue { throw SessionError.taken(id) }
            if name != own?.rawValue, let other = try? SessionID(name) {
                throw SessionError.sameButForCase(id, as: other)
            }
        }
    }

    /// Commits whatever was abandoned with a part of its answer.
    func settleAll(_ id: SessionID) throws {
        let questions = SessionState.questions(id, turns: 1, dialect)
        while try engine.read({ transaction in
            try Self.describing(id) { try hasLeftPart(SessionState(id, transaction.run(questions.map(\.unlocked)))) }
        }) { try settle(id) }
    }

    /// The last turn that a copy has, and how many messages.
    func extent(
        of state: SessionState, through turn: TurnID?, _ transaction: any SQLTransaction
    ) throws -> (last: TurnRow?, count: Int) {
        guard let turn else { return (state.window.first, state.head.summary.messageCount) }
        let values: [SQLValue] = [.text(state.key), .text(turn.rawValue)]
        let rows = try transaction.run(
            "SELECT \(TurnRow.columns(dialect)) FROM \(dialect.schema)turn t "
                + "WHERE \(dialect.own("t"))t.sid = $2 AND t.turn = $3 AND t.pos > 0", values)
        guard let row = try rows.first.map(TurnRow.init) else { throw SessionError.noTurn(turn, in: state.id) }
        let count = try transaction.run(
            "SELECT SUM(messages) FROM \(dialect.schema)turn WHERE \(dialect.own())sid = $2 AND pos > 0 "
                + "AND pos <= $3", [.text(state.key), .integer(row.position)])
        return (row, count.first?.number(0) ?? 0)
    }

    /// Removes a session under its lock.
    ///
    /// - Parameter mayGo: judges it as it stands now.
    /// - Returns: whether it went.
    func remove(_ id: SessionID, _ mayGo: @escaping @Sendable (SessionState) throws -> Bool) async throws -> Bool {
        try await waiting { [self] in
            let questions = SessionState.questions(id, turns: 1, dialect)
            return try engine.change(SQLChangeIdentity(for: id, removes: true)) { transaction in
                try Self.describing(id) {
                    let state = try SessionState(id, transaction.run(questions))
                    if state.head.isNewer { throw Self.newerFormat(id) }
                    guard try mayGo(state) else { return SQLChange(state.key, [], false) }
                    let statements = ["message", "turn", "undone", "prompt", "session"].map { table in
                        SQLStatement(
                            "DELETE FROM \(dialect.schema)\(table) WHERE \(dialect.own())sid = $2", [.text(state.key)])
                    }
                    return SQLChange(state.key, statements, true)
                }
            }
        }
    }
}

extension SessionWriting {
    /// Copies turns of another session.
    ///
    /// - Parameters:
    ///   - original: its key.
    ///   - end: the position of the last turn to be copied.
    mutating func copyHistory(of original: String, through end: Int64) {
        let tables = [
            ("turn", "turn, pos, after, messages, settings_from, strange_from, settings, strange"),
            ("message", "pos, n, line"),
        ]
        for (table, columns) in tables {
            add(
                dialect.insert(into: table, "sid, " + columns)
                    + "SELECT \(dialect.ownValue)\(dialect.key("$2")), \(columns) FROM \(dialect.schema)\(table) "
                    + "WHERE \(dialect.own())sid = $3 AND pos > 0 AND pos <= $4",
                [.text(original), .integer(end)])
        }
    }
}
