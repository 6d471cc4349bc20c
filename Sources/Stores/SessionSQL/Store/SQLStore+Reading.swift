#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionJSON
public import SessionKit

extension SQLStore {
    /// Lists sessions, last used first.
    public func summaries(offset: Int, limit: Int?) async throws -> SummaryPage {
        try await database.reading { [database] transaction in
            let (schema, own) = (database.dialect.schema, database.dialect.own())
            let offset = max(0, offset)
            let list = "SELECT id, head FROM \(schema)session WHERE \(own)1 = 1 ORDER BY updated_ms DESC, id"
            guard let limit else {
                let rows = try transaction.run(list, [])
                return SummaryPage(
                    entries: rows.dropFirst(offset).compactMap(SummaryPage.Entry.init(row:)), total: rows.count)
            }
            let answers = try transaction.run([
                SQLStatement(
                    list + " LIMIT CAST($2 AS bigint) OFFSET CAST($3 AS bigint)",
                    [.number(max(0, limit)), .number(offset)]),
                SQLStatement("SELECT count(*) FROM \(schema)session WHERE \(own)1 = 1", []),
            ])
            return SummaryPage(
                entries: answers[0].compactMap(SummaryPage.Entry.init(row:)), total: answers[1].first?.number(0) ?? 0)
        }
    }

    /// The ids of all sessions.
    public func ids() async throws -> [SessionID] {
        try await database.reading { [database] transaction in
            let rows = try transaction.run(
                "SELECT id FROM \(database.dialect.schema)session WHERE \(database.dialect.own())1 = 1", [])
            return rows.compactMap { $0.text(0).flatMap { try? SessionID($0) } }
        }
    }

    /// Reads a session and messages of it, all at one moment; only the messages asked for are read.
    public func read(_ id: SessionID, _ range: MessageRange) async throws -> Transcript {
        try await database.reading(id) { [database] transaction in
            let questions = database.questions(id, range)
            let answers = try transaction.run(questions)
            guard let row = answers[0].first, let key = row.text(0) else { throw SessionError.noSession(id) }
            let head = try SessionHead(row.bytes(1) ?? [], settings: row.bytes(2) ?? [], id: id)
            var state = SessionState(making: head, key: key)
            state.prompts = try answers[1].map(PromptHeader.init)
            let isLive = database.isLive(in: state)
            if try state.prompts.contains(where: { try $0.hasPartial && !isLive($0.turn) }) {
                // What an abandoned part becomes depends on what stands further up.
                return try database.settledTranscript(of: state, id, range, transaction)
            }
            if case .before(let turn) = range, answers[3].isEmpty { throw SessionError.noTurn(turn, in: id) }
            let session = Session(summary: head.summary, settings: head.settings, pending: try state.pending(isLive))
            var messages: [Message] = []
            for line in range.isFromTheEnd ? answers[2].reversed() : answers[2] {
                messages.append(try MessageLine.decode(line.bytes(0) ?? [], after: messages.last?.turn))
            }
            return Transcript(session: session, messages: messages)
        }
    }
}

extension SummaryPage.Entry {
    /// A line of the list; nil for an id that no program writes.
    init?(row: SQLRow) {
        guard let id = row.text(0).flatMap({ try? SessionID($0) }) else { return nil }
        do {
            self = .session(try SessionHead.summary(of: row.bytes(1) ?? [], id: id))
        } catch {
            let problem = "\(error.flaw.pathText) \(error.flaw.problem)"
            self = .unreadable(
                id, SessionError(.malformed, "The row of session '\(id)' can't be read (\(problem)).", cause: error))
        }
    }
}

extension SessionState {
    /// The pending prompts with their words, if those were asked for.
    func pending(_ isLive: (TurnID) throws -> Bool) throws -> [PendingPrompt] {
        try prompts.map { header in
            var prompt = try PendingLine(header.line ?? []).prompt
            prompt.state = try isLive(prompt.turn) ? .live : .abandoned
            return prompt
        }
    }
}

extension MessageRange {
    /// Whether so many messages at an end are asked for, which are found from there.
    var isFromTheEnd: Bool {
        switch self {
        case .last, .context(_, _, .some): true
        case .all, .before, .context: false
        }
    }
}

extension SQLDatabase {
    /// Asks for a session, its prompts with their words, messages of it and, last, the turn that a range ends before.
    func questions(_ id: SessionID, _ range: MessageRange) -> [SQLStatement] {
        let name: [SQLValue] = [.text(id.folded), .text(id.rawValue)]
        let schema = dialect.schema
        return [
            SQLStatement(
                "SELECT sid, head, settings FROM \(schema)session WHERE \(dialect.own())folded = $2 AND id = $3", name),
            SQLStatement(
                "SELECT \(PromptHeader.columns(dialect, line: "p.line")) FROM \(schema)prompt p "
                    + "WHERE \(dialect.own("p"))p.sid = \(dialect.keyOfNamed) ORDER BY p.ord", name),
        ] + messageQuestions(name, range)
    }

    private func messageQuestions(_ name: [SQLValue], _ range: MessageRange) -> [SQLStatement] {
        let key = dialect.keyOfNamed
        let list = "SELECT line FROM \(dialect.schema)message WHERE \(dialect.own())sid = \(key) AND pos > 0"
        let forwards = " ORDER BY pos, n"
        let backwards = " ORDER BY pos DESC, n DESC LIMIT CAST($4 AS bigint)"
        // The position of a turn of the history.
        func position(_ parameter: String) -> String {
            "(SELECT pos FROM \(dialect.schema)turn WHERE \(dialect.own())sid = \(key) AND turn = \(parameter) AND pos > 0)"
        }
        switch range {
        case .all: return [SQLStatement(list + forwards, name)]
        case .last(let count): return [SQLStatement(list + backwards, name + [.number(max(0, count))])]
        case .before(let end):
            let values = name + [.text(end.rawValue)]
            return [
                SQLStatement(list + " AND pos < \(position("$4"))" + forwards, values),
                SQLStatement("SELECT 1 WHERE \(position("$4")) IS NOT NULL", values),
            ]
        case .context(after: nil, _, _): return [SQLStatement(list + backwards, name + [.number(0)])]
        case .context(let after?, let replacing, let count):
            // Through `after` if it stands before `replacing`, else through what does.
            let (last, old) = (position("$5"), position("$6"))
            let end =
                " AND pos <= COALESCE(CASE WHEN \(old) IS NULL OR \(last) < \(old) THEN \(last) END, "
                + "\(old) - 1, 9223372036854775807)"
            let values =
                name + [.number(count.map { max(0, $0) } ?? .max)]
                + [.text(after.rawValue), .optional(replacing?.rawValue)]
            return [
                SQLStatement(
                    list + end + (count == nil ? " AND 0 <= CAST($4 AS bigint)" + forwards : backwards), values)
            ]
        }
    }

    /// Reads a session as it will be once what was abandoned with a part of its answer is committed.
    func settledTranscript(
        of state: SessionState, _ id: SessionID, _ range: MessageRange, _ transaction: any SQLTransaction
    ) throws -> Transcript {
        let isLive = isLive(in: state)
        var live: Set<TurnID> = []
        for prompt in state.prompts where try isLive(prompt.turn) { live.insert(prompt.turn) }
        var document = try rows(of: state.key, transaction).document(id: id)
        try document.settle(at: now()) { live.contains($0) }
        let session = document.session { live.contains($0) }
        guard let records = range.cut(document.messages, turn: \.turn) else {
            guard case .before(let turn) = range else { return Transcript(session: session, messages: []) }
            throw SessionError.noTurn(turn, in: id)
        }
        return Transcript(session: session, messages: try document.messages(records))
    }

    /// All that is kept of a session.
    func rows(of key: String, _ transaction: any SQLTransaction) throws -> SessionRows {
        let schema = dialect.schema
        let mine = "WHERE \(dialect.own())sid = $2"
        let answers = try transaction.run(
            [
                "SELECT head, settings FROM \(schema)session \(mine)",
                "SELECT line FROM \(schema)prompt \(mine) ORDER BY ord",
                "SELECT ord, line FROM \(schema)undone \(mine) ORDER BY ord",
                "SELECT pos, line FROM \(schema)message \(mine) ORDER BY pos, n",
            ].map { SQLStatement($0, [.text(key)]) })
        var rows = SessionRows(head: answers[0].first?.bytes(0) ?? [], settings: answers[0].first?.bytes(1) ?? [])
        rows.pending = answers[1].compactMap { $0.bytes(0) }
        var taken: [Int64: [[UInt8]]] = [:]
        for row in answers[3] {
            guard let place = row.integer(0), let line = row.bytes(1) else { continue }
            if place > 0 { rows.messages.append(line) } else { taken[-place, default: []].append(line) }
        }
        rows.undone = answers[2].map { ($0.bytes(1) ?? [], taken[$0.integer(0) ?? 0] ?? []) }
        return rows
    }
}
