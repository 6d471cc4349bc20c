internal import Platform
import SessionJSON
public import SessionKit
import Synchronization

extension SQLStore {
    /// Saves a prompt as pending and takes the turn for this process.
    public func beginTurn(in id: SessionID, _ prompt: Prompt) async throws -> OpenTurn {
        try await database.begin(id) { [database] state, _ in
            try SessionRules.begin(prompt, in: state, at: database.now(), isLive: database.isLive(in: state))
        }
    }

    /// Takes an abandoned prompt up again.
    public func takeUp(_ turn: TurnID, in id: SessionID, model: ModelReference?) async throws -> OpenTurn {
        try await database.begin(id) { [database] state, words in
            let content = try words(turn)?.prompt.content ?? ""
            return try SessionRules.takeUp(
                turn, content, for: model, in: state, at: database.now(), isLive: database.isLive(in: state))
        }
    }

    /// Puts a prompt and its answer into the history in one step and lets the turn go.
    public func finishTurn(_ turn: OpenTurn, with answer: Answer) async throws -> Turn {
        do {
            let finished = try await database.finish(turn, with: answer)
            database.forget(turn.place)
            return finished
        } catch {
            await releaseTurn(turn)
            switch (error as? SessionError)?.code {
            case .notSaved: throw error
            case .notFound: throw SessionError.unlicensed(turn.id, in: turn.session)
            default: throw SessionError.unfinished(turn.id, in: turn.session, because: error)
            }
        }
    }

    /// Keeps a part of an answer that is still arriving.
    public func keepPartial(_ partial: PartialAnswer, of turn: OpenTurn) async throws {
        let more = [database.lineQuestion(turn.id, in: turn.session)]
        try await database.changing(turn.session, turns: 1, settling: false, more: more) {
            [database] writing, _, answers, _ in
            let isHeld = database.isHeld(writing.state.prompt(turn.id), in: writing.state)
            try SessionRules.keepPartial(of: turn, in: writing.state, isHeld: isHeld)
            guard let text = answers.first?.first?.bytes(0) else {
                throw SessionError.unlicensed(turn.id, in: turn.session)
            }
            var line = try PendingLine(text)
            line.prompt.partial = partial
            try writing.keep(line)
        }
    }

    /// Lets a turn go without an answer.
    public func releaseTurn(_ turn: OpenTurn) async {
        guard let claim = database.forget(turn.place) else { return }
        // A claim that can't be taken back runs out by itself, or with the process.
        _ = try? await database.waiting { [database] in
            try SQLCancellation.shielding {
                try database.engine.change(SQLChangeIdentity(for: turn.session, isRepeatable: true)) { _ in
                    SQLChange(claim.session, [database.dialect.release(of: claim)], ())
                }
            }
        }
    }

    /// Removes a pending prompt that is abandoned or held by this store.
    public func withdrawTurn(_ turn: TurnID, in id: SessionID) async throws {
        try await database.changing(id, turns: 1) { [database] writing, transaction, _, identity in
            let state = writing.state
            try SessionRules.withdraw(
                turn, in: state, isHeld: database.isHeld(state.prompt(turn), in: state),
                isLive: database.isLive(in: state))
            writing.removePrompt(turn)
            try writing.finish(identity, at: database.now(), in: transaction)
        }
        database.forget(TurnPlace(turn, in: id))
    }
}

extension SQLDatabase {
    /// Lets go of what this process holds of a turn.
    ///
    /// - Returns: what that was; nil if it held nothing.
    @discardableResult
    func forget(_ place: TurnPlace) -> TurnClaim? {
        let claim = claims.withLock { $0.removeValue(forKey: place) }
        if let claim { engine.drop(claim) }
        return claim
    }

    /// Asks for a pending prompt's text.
    func lineQuestion(_ turn: TurnID, in id: SessionID) -> SQLStatement {
        SQLStatement(
            "SELECT line FROM \(dialect.schema)prompt WHERE \(dialect.own())sid = \(dialect.keyOfNamed) AND turn = $4",
            [.text(id.folded), .text(id.rawValue), .text(turn.rawValue)])
    }

    /// Begins a turn as a rule says.
    ///
    /// - Parameter rule: gets the session, and what reads the text of a pending prompt.
    func begin(
        _ id: SessionID,
        _ rule: @escaping @Sendable (SessionState, (TurnID) throws -> PendingLine?) throws -> BegunTurn
    ) async throws -> OpenTurn {
        let taken = Mutex<TurnClaim?>(nil)
        do {
            let open = try await changing(id) { [self] writing, transaction, _, identity in
                // The body may run again, with another turn.
                if let earlier = taken.withLock({ $0.take() }) { engine.drop(earlier) }
                let state = writing.state
                func words(_ turn: TurnID) throws -> PendingLine? {
                    let rows = try transaction.run([lineQuestion(turn, in: id)])
                    return try rows.first?.first?.bytes(0).map { try PendingLine($0) }
                }
                let begun = try rule(state, words)
                let old = begun.isTakenUp ? state.prompt(begun.entry.turn) : nil
                // What is unknown in a prompt that is taken up stays.
                var line = try old.flatMap { try words($0.turn) } ?? PendingLine(begun.entry)
                line.prompt = begun.entry
                let claim = TurnClaim(
                    session: state.key, turn: begun.entry.turn, holder: try engine.claim(), epoch: (old?.epoch ?? 0) + 1
                )
                taken.withLock { $0 = claim }
                if let removed = begun.removed { writing.removePrompt(removed) }
                try writing.save(line, replacing: old, claim)
                try writing.finish(identity, at: now(), in: transaction)
                return OpenTurn(begun, in: id, settings: state.settings)
            }
            if let claim = taken.withLock(\.self) {
                claims.withLock { $0[open.place] = claim }
                engine.hold(claim)
            }
            return open
        } catch {
            if let claim = taken.withLock({ $0.take() }) { engine.drop(claim) }
            throw error
        }
    }

    /// Finishes a turn.
    func finish(_ turn: OpenTurn, with answer: Answer) async throws -> Turn {
        let name: [SQLValue] = [.text(turn.session.folded), .text(turn.session.rawValue)]
        let more = [
            lineQuestion(turn.id, in: turn.session),
            SQLStatement(
                "SELECT pos FROM \(dialect.schema)turn WHERE \(dialect.own())sid = \(dialect.keyOfNamed) AND turn = $4 "
                    + "AND pos > 0", name + [.text(turn.id.rawValue)]),
        ]
        return try await changing(turn.session, more: more) { [self] writing, transaction, answers, identity in
            if let place = answers.last?.first?.integer(0) {
                return try finished(turn, at: place, with: answer, in: writing.state.key, transaction)
            }
            let now = now()
            let isHeld = isHeld(writing.state.prompt(turn.id), in: writing.state)
            let finished = try SessionRules.finish(turn, isHeld: isHeld, in: writing.state, at: now)
            guard let text = answers.first?.first?.bytes(0) else {
                throw SessionError.unlicensed(turn.id, in: turn.session)
            }
            let reply = Message(answer: answer, turn: turn.id, at: now)
            let whole = try writing.move(try PendingLine(text), reply, as: finished)
            if let model = answer.model, !answer.isByAnother { writing.head.summary.model = model }
            try writing.finish(identity, at: now, in: transaction)
            return whole
        }
    }

    /// The turn that is in the history already.
    ///
    /// - Throws: `SessionError` with `notSaved` if it was committed with a part of its answer by somebody who took this
    ///   process for gone: this answer is not what stands there.
    private func finished(
        _ turn: OpenTurn, at place: Int64, with answer: Answer, in key: String, _ transaction: any SQLTransaction
    ) throws -> Turn {
        let stored = Turn(id: turn.id, messages: try messages(at: [place], of: key, transaction)[0])
        let wasHeld = claims.withLock { $0[turn.place] != nil }
        if wasHeld, stored.answer?.content != answer.content {
            throw SessionError.unlicensed(turn.id, in: turn.session)
        }
        return stored
    }

    /// The messages of turns.
    ///
    /// - Parameters:
    ///   - places: the positions of the turns.
    ///   - key: the session's.
    func messages(at places: [Int64], of key: String, _ transaction: any SQLTransaction) throws -> [[Message]] {
        let rows = try transaction.run(
            places.map { place in
                SQLStatement(
                    "SELECT line FROM \(dialect.schema)message WHERE \(dialect.own())sid = $2 AND pos = $3 ORDER BY n",
                    [.text(key), .integer(place)])
            })
        return try rows.map { try $0.map { try MessageLine.decode($0.bytes(0) ?? []) } }
    }
}
