import SessionFiles
import SessionKit

/// The store's changes, each with what it makes of a world.
extension Driver {
    /// Makes a session.
    mutating func create(_ id: String, title: String? = nil, turns: [Exchange] = []) async throws {
        try await change("create", [id]) {
            $0[id] = Contents(title: title, turns: turns)
        } body: { store in
            _ = try await store.create(
                SessionID(id), title: title, settings: SessionSettings(), model: nil, turns: turns.map(Turn.init))
        }
    }

    /// Saves a prompt.
    mutating func begin(_ id: String, _ prompt: String, replacing: TurnID? = nil) async throws -> OpenTurn {
        try await change("begin turn", [id]) { world in
            world[id] = world[id].settled
            if !world[id].pending.contains(prompt) { world[id].pending.append(prompt) }
        } body: { store in
            try await store.beginTurn(in: SessionID(id), Prompt(Content(prompt), replacing: replacing))
        }
    }

    /// Saves a prompt's answer.
    ///
    /// - Parameters:
    ///   - replaces: whether it takes the place of the last turn.
    mutating func finish(
        _ turn: OpenTurn, _ answer: String, _ status: MessageStatus = .complete, replaces: Bool = false
    ) async throws {
        let id = turn.session.rawValue
        let exchange = Exchange(prompt: turn.prompt.content.text, answer: answer, status: status.rawValue)
        try await change(status == .complete ? "finish turn" : "interrupt turn", [id]) { world in
            world[id].pending.removeAll { $0 == exchange.prompt }
            world[id].partials[exchange.prompt] = nil
            if replaces { world[id].undone.append(world[id].turns.removeLast()) }
            world[id].turns.append(exchange)
        } body: { store in
            _ = try await store.finishTurn(turn, with: Answer(Content(answer), status: status))
        }
    }

    /// Keeps a part of an answer.
    mutating func keep(_ turn: OpenTurn, _ part: String) async throws {
        let id = turn.session.rawValue
        try await change("keep a part", [id]) { world in
            world[id].partials[turn.prompt.content.text] = part
        } body: { store in
            try await store.keepPartial(PartialAnswer(Content(part)), of: turn)
        }
    }

    /// Saves a prompt, then its answer.
    mutating func turn(_ id: String, _ prompt: String, _ answer: String) async throws {
        try await finish(begin(id, prompt), answer)
    }

    /// Takes an abandoned prompt up.
    mutating func takeUp(_ id: String, _ turn: TurnID) async throws -> OpenTurn {
        try await change("take up", [id]) { _ in
        } body: { store in
            try await store.takeUp(turn, in: SessionID(id), model: nil)
        }
    }

    /// Removes a prompt.
    mutating func withdraw(_ turn: OpenTurn) async throws {
        let id = turn.session.rawValue
        try await change("withdraw", [id]) { world in
            world[id].pending.removeAll { $0 == turn.prompt.content.text }
        } body: { store in
            try await store.withdrawTurn(turn.id, in: turn.session)
        }
    }

    /// Takes back the last turns; the first to go may bring back the one it replaced.
    mutating func undo(_ id: String, _ count: Int = 1, restoring: Bool = false) async throws {
        try await change("undo", [id]) { world in
            for step in 0..<count {
                let last = world[id].turns.removeLast()
                if restoring, step == 0 { world[id].turns.append(world[id].undone.removeLast()) }
                world[id].undone.append(last)
            }
        } body: { store in
            _ = try await store.undo(count, in: SessionID(id))
        }
    }

    /// Puts back the turns taken back last; the last to return may swap places with the one that had come back for it.
    mutating func redo(_ id: String, _ count: Int = 1, swapping: Bool = false) async throws {
        try await change("redo", [id]) { world in
            for step in 1...count {
                let back = world[id].undone.removeLast()
                if swapping, step == count { world[id].undone.append(world[id].turns.removeLast()) }
                world[id].turns.append(back)
            }
        } body: { store in
            _ = try await store.redo(count, in: SessionID(id))
        }
    }

    /// Empties a session.
    mutating func reset(_ id: String) async throws {
        try await change("reset", [id]) { world in
            world[id] = Contents(title: world[id].title, system: world[id].system)
        } body: { store in
            _ = try await store.reset(SessionID(id))
        }
    }

    /// Gives a session another id.
    mutating func rename(_ id: String, to newID: String, halves: [[String]] = []) async throws {
        try await change("rename", [id, newID], halves: halves) { world in
            world.sessions[newID] = world.sessions.removeValue(forKey: id)
        } body: { store in
            _ = try await store.rename(SessionID(id), to: SessionID(newID))
        }
    }

    /// Copies a session.
    ///
    /// - Parameters:
    ///   - turns: how many of its turns; nil for all.
    mutating func fork(_ id: String, as newID: String, turns: Int? = nil) async throws {
        let history = try await store.read(SessionID(id), .all).turns
        let through = turns.map { history[$0 - 1].id }
        try await change("fork", [newID]) { world in
            world[newID] = world[id]
            world[newID].turns = Array(world[id].turns.prefix(turns ?? .max))
            world[newID].pending = []
            world[newID].undone = []
        } body: { store in
            _ = try await store.fork(SessionID(id), as: SessionID(newID), through: through)
        }
    }

    /// Removes a session.
    mutating func delete(_ id: String) async throws {
        try await change("delete", [id]) { world in
            world.sessions[id] = nil
        } body: { store in
            try await store.delete(SessionID(id))
        }
    }

    /// Sets a session's title and system prompt.
    mutating func update(_ id: String, title: String?, system: String?) async throws {
        try await change("update", [id]) { world in
            world[id].title = title
            world[id].system = system
        } body: { store in
            _ = try await store.update(SessionID(id), ifRevision: nil, [.title(title), .system(system)])
        }
    }

    /// Removes all sessions but those used last.
    mutating func prune(_ ids: [String], keeping count: Int) async throws {
        // Each goes by itself; the acknowledgement is of all.
        let halves = (1..<1 << ids.count).map { set in ids.indices.filter { set >> $0 & 1 == 1 }.map { ids[$0] } }
        try await change("prune", ids, halves: halves) { world in
            for id in ids { world.sessions[id] = nil }
        } body: { store in
            let report = try await store.prune(PruneCriteria(keep: count), dryRun: false)
            if let error = report.error { throw error }
        }
    }
}

extension Turn {
    /// A turn with these words.
    fileprivate init(_ exchange: Exchange) {
        let id = TurnID.generate()
        self.init(
            id: id,
            messages: [
                Message(turn: id, role: .user, content: Content(exchange.prompt)),
                Message(
                    turn: id, role: .assistant, content: Content(exchange.answer),
                    status: MessageStatus(rawValue: exchange.status) ?? .complete),
            ])
    }
}
