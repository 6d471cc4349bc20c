import SessionKit
import Testing

/// Rules about parts of answers that are kept while more arrives.
extension SessionStoreContract {
    static let partial: [Rule] = [
        Rule("a part of an answer is kept beside its live prompt and is no write that counts") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello", model: ModelReference("echo")))
            let before = try await it.session(id).summary
            for text in ["He", "Hello, I"] { try await it.store.keepPartial(PartialAnswer(Content(text)), of: open) }
            for store in [it.store, it.other] {
                let read = try await store.read(id, .all)
                #expect(read.session.summary == before && read.messages.isEmpty)
                #expect(read.session.pending.map(\.partial) == [PartialAnswer("Hello, I")])
                #expect(read.session.pending.map(\.state) == [.live])
            }
            let turn = try await it.store.finishTurn(open, with: Answer("Hello, I am whole"))
            #expect(try await it.other.read(id, .all).messages == turn.messages)
            #expect(turn.answer?.content == "Hello, I am whole" && turn.answer?.status == .complete)
        },
        Rule("an abandoned prompt with a part of its answer is shown as an interrupted turn") { it in
            let (id, open) = try await it.abandonWithPartial()
            for store in [it.store, it.other] {
                let read = try await store.read(id, .all)
                #expect(read.turns.map(\.id).last == open.id && read.session.pending.isEmpty)
                #expect(read.session.summary.messageCount == 4 && read.session.summary.pendingCount == 0)
                let answer = try #require(read.turns.last?.answer)
                #expect(answer.content == "Hel" && answer.status == .interrupted)
                #expect(answer.model == ModelReference("echo"))
                #expect(try await store.read(id, .last(1)).messages == [answer])
            }
        },
        Rule("equal words don't take up a prompt with a part of its answer: they follow it") { it in
            let (id, open) = try await it.abandonWithPartial()
            let again = try await it.other.beginTurn(in: id, Prompt("Hello"))
            #expect(!again.isTakenUp && again.id != open.id && again.after == open.id)
            #expect(try await it.context(of: again).map(\.content) == ["one", "re: one", "Hello", "Hel"])
            _ = try await it.other.finishTurn(again, with: Answer("Hi"))
            #expect(try await it.prompts(in: id) == ["one", "Hello", "Hello"])
        },
        Rule("each change of a session commits such a turn first") { it in
            let changes: [(SessionStoreContract, SessionID) async throws -> Void] = [
                { _ = try await $0.other.update($1, ifRevision: nil, [.title("a")]) },
                { try await $0.addTurn("two", to: $1) },
                { _ = try await $0.other.rename($1, to: SessionID("renamed")) },
                { _ = try await $0.other.fork($1, as: SessionID("renamed"), through: nil) },
            ]
            for change in changes {
                let (id, open) = try await it.abandonWithPartial()
                try await change(it, id)
                let renamed = try SessionID("renamed")
                let name = try await it.store.ids().contains(renamed) ? renamed : id
                let read = try await it.store.read(name, .all)
                #expect(read.turns.map(\.id).dropFirst().first == open.id && read.session.pending.isEmpty)
                #expect(read.turns.dropFirst().first?.answer?.status == .interrupted)
                for id in try await it.store.ids() { try await it.store.delete(id) }
            }
        },
        Rule("undo takes such a turn back, and reset drops it") { it in
            let (id, open) = try await it.abandonWithPartial()
            #expect(try await it.undo(in: id, it.other).id == open.id)
            #expect(try await it.prompts(in: id) == ["one"])
            #expect(try await it.redo(in: id).answer?.content == "Hel")
            let (other, _) = try await it.abandonWithPartial("other")
            _ = try await it.other.reset(other)
            #expect(try await it.store.read(other, .all).messages.isEmpty)
        },
        Rule("a retry that was cut off with a part of its answer replaces the turn before") { it in
            let id = try await it.makeSession()
            let old = try await it.addTurn("one", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("one", replacing: old.id))
            try await it.store.keepPartial(PartialAnswer("ag"), of: open)
            await it.store.releaseTurn(open)
            #expect(try await it.store.read(id, .all).turns.map(\.id) == [open.id])
            #expect(try await it.undo(in: id).id == open.id)
            #expect(try await it.store.read(id, .all).turns.map(\.id) == [old.id])
        },
        Rule("only who holds a turn can keep a part of its answer") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            await it.store.releaseTurn(open)
            await it.expect(.notSaved, "keepPartial after releaseTurn") {
                try await it.store.keepPartial(PartialAnswer("He"), of: open)
            }
            let other = try await it.store.beginTurn(in: id, Prompt("other"))
            _ = try await it.store.finishTurn(other, with: Answer("Hi"))
            await it.expect(.notSaved, "keepPartial after finishTurn") {
                try await it.store.keepPartial(PartialAnswer("He"), of: other)
            }
            #expect(try await it.session(id).pending.map(\.partial) == [nil])
        },
    ]

    /// A session with a turn and a prompt that was abandoned with a part of its answer.
    private func abandonWithPartial(_ id: String = "demo") async throws -> (SessionID, OpenTurn) {
        let id = try await makeSession(id)
        try await addTurn("one", to: id)
        let open = try await store.beginTurn(in: id, Prompt("Hello", model: ModelReference("echo")))
        try await store.keepPartial(PartialAnswer("Hel"), of: open)
        await store.releaseTurn(open)
        return (id, open)
    }
}
