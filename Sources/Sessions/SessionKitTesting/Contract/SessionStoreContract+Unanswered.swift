import SessionKit
import Testing

/// Rules about prompts without an answer, and what licenses a commit.
extension SessionStoreContract {
    static let unanswered: [Rule] = [
        Rule("a turn that is released stays pending, as abandoned") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            await it.store.releaseTurn(open)
            for store in [it.store, it.other] {
                let session = try await store.read(id, .all).session
                #expect(session.pending.map(\.turn) == [open.id])
                #expect(session.pending.map(\.state) == [.abandoned])
            }
        },
        Rule("the same bytes take up an abandoned prompt instead of adding a second") { it in
            let id = try await it.makeSession()
            await it.store.releaseTurn(try await it.store.beginTurn(in: id, Prompt("other words")))
            let first = try await it.other.beginTurn(in: id, Prompt("Hello", model: ModelReference("openai:a")))
            await it.other.releaseTurn(first)
            try await it.addTurn("between", to: id)
            let again = try await it.store.beginTurn(in: id, Prompt("Hello", model: ModelReference("openai:b")))
            #expect(again.isTakenUp && again.id == first.id)
            let context = try await it.context(of: again)
            #expect(context.map(\.content) == ["between", "re: between"], "its context is the history as it is now")
            let pending = try await it.session(id).pending
            #expect(pending.map(\.content) == ["other words", "Hello"])
            #expect(pending.map(\.state) == [.abandoned, .live])
            #expect(pending.last?.model == ModelReference("openai:b"))
            #expect(pending.last?.after == context.last?.turn)
            _ = try await it.store.finishTurn(again, with: Answer("Hi"))
            #expect(try await it.session(id).pending.map(\.content) == ["other words"])
        },
        Rule("the same words in other bytes are another prompt") { it in
            let id = try await it.makeSession()
            await it.store.releaseTurn(try await it.store.beginTurn(in: id, Prompt("caf\u{E9}")))
            #expect(try await !it.store.beginTurn(in: id, Prompt("cafe\u{301}")).isTakenUp)
            #expect(try await !it.store.beginTurn(in: id, Prompt("caf\u{E9} ")).isTakenUp)
            #expect(try await it.session(id).pending.count == 3)
        },
        Rule("a live prompt of the same bytes is left alone: two turns") { it in
            let id = try await it.makeSession()
            let one = try await it.store.beginTurn(in: id, Prompt("Hello"))
            let two = try await it.other.beginTurn(in: id, Prompt("Hello"))
            #expect(one.id != two.id && !two.isTakenUp)
            _ = try await it.store.finishTurn(one, with: Answer("1"))
            _ = try await it.other.finishTurn(two, with: Answer("2"))
            #expect(try await it.store.read(id, .all).turns.map(\.answer?.content) == ["1", "2"])
        },
        Rule("takeUp takes an abandoned prompt, once, and no live, answered or unknown one") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            await it.expect(.busy, "takeUp of a live prompt") { try await it.other.takeUp(open.id, in: id, model: nil) }
            await it.store.releaseTurn(open)
            let again = try await it.other.takeUp(open.id, in: id, model: ModelReference("local"))
            #expect(again.isTakenUp && again.id == open.id && again.prompt.content == "Hello")
            await it.expect(.busy, "takeUp of a prompt just taken up") {
                try await it.store.takeUp(open.id, in: id, model: nil)
            }
            let turn = try await it.other.finishTurn(again, with: Answer("Hi"))
            #expect(try await it.store.read(id, .all).messages == turn.messages)
            await it.expect(.notFound, "takeUp of an answered prompt") {
                try await it.store.takeUp(open.id, in: id, model: nil)
            }
            await it.expect(.notFound, "takeUp of an unknown one") {
                try await it.store.takeUp(.generate(), in: id, model: nil)
            }
        },
        Rule("withdrawTurn removes a prompt that is abandoned or this process's own") { it in
            let id = try await it.makeSession()
            let abandoned = try await it.other.beginTurn(in: id, Prompt("one"))
            await it.other.releaseTurn(abandoned)
            let own = try await it.store.beginTurn(in: id, Prompt("two"))
            try await it.store.withdrawTurn(abandoned.id, in: id)
            try await it.store.withdrawTurn(own.id, in: id)
            #expect(try await it.session(id).pending.isEmpty)
            await it.expect(.notFound, "withdrawTurn of what is gone") {
                try await it.store.withdrawTurn(own.id, in: id)
            }
            await it.expect(.notSaved, "finishTurn after withdrawTurn") {
                try await it.store.finishTurn(own, with: Answer("late"))
            }
            #expect(try await it.prompts(in: id).isEmpty)
        },
        Rule("withdrawTurn is busy while another process holds the turn") { it in
            guard let elsewhere = it.elsewhere else { return }
            let id = try await it.makeSession()
            let open = try await elsewhere.beginTurn(in: id, Prompt("Hello"))
            await it.expect(.busy, "withdrawTurn of a live turn") { try await it.store.withdrawTurn(open.id, in: id) }
            _ = try await elsewhere.finishTurn(open, with: Answer("Hi"))
            #expect(try await it.prompts(in: id) == ["Hello"])
        },
    ]

    static let licence: [Rule] = [
        Rule("finishing a turn a second time changes nothing") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            let turn = try await it.store.finishTurn(open, with: Answer("once"))
            let before = try await it.store.read(id, .all)
            #expect(try await it.store.finishTurn(open, with: Answer("twice")) == turn)
            #expect(try await it.other.read(id, .all) == before)
        },
        Rule("an answer to a session that was reset meanwhile is notSaved, and the session stays empty") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            let before = try await it.other.reset(id)
            await it.expect(.notSaved, "finishTurn after reset") {
                try await it.store.finishTurn(open, with: Answer("Hi"))
            }
            #expect(try await it.store.read(id, .all) == Transcript(session: before, messages: []))
        },
        Rule("an answer to a session that was deleted meanwhile is notSaved, and the session stays away") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            try await it.other.delete(id)
            await it.expect(.notSaved, "finishTurn after delete") {
                try await it.store.finishTurn(open, with: Answer("Hi"))
            }
            #expect(try await it.listed().isEmpty)
        },
        Rule("an answer to a session that was made anew meanwhile is notSaved") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            try await it.other.delete(id)
            _ = try await it.other.create(id, title: nil, settings: SessionSettings())
            await it.expect(.notSaved, "finishTurn after delete and create") {
                try await it.store.finishTurn(open, with: Answer("Hi"))
            }
            let read = try await it.store.read(id, .all)
            #expect(read.messages.isEmpty && read.session.pending.isEmpty && read.session.summary.revision == 1)
        },
        Rule("an answer that can't be saved is notSaved, whatever the reason") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            let gone = OpenTurn(
                id: open.id, session: try SessionID("nowhere"), prompt: open.prompt, after: nil,
                settings: open.settings, isTakenUp: false)
            await it.expect(.notSaved, "finishTurn in a session that is missing") {
                try await it.store.finishTurn(gone, with: Answer("Hi"))
            }
            _ = try await it.store.finishTurn(open, with: Answer("Hi"))
            #expect(try await it.prompts(in: id) == ["Hello"])
        },
        Rule("a turn that was let go can't be finished, lest it collide with who took it up") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            await it.store.releaseTurn(open)
            await it.expect(.notSaved, "finishTurn after releaseTurn") {
                try await it.store.finishTurn(open, with: Answer("late"))
            }
            #expect(try await it.session(id).pending.map(\.state) == [.abandoned])
        },
        Rule("a turn that was undone is not finished again") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            _ = try await it.store.finishTurn(open, with: Answer("Hi"))
            try await it.undo(in: id)
            await it.expect(.notSaved, "finishTurn after undo") {
                try await it.store.finishTurn(open, with: Answer("Hi"))
            }
            #expect(try await it.prompts(in: id).isEmpty)
        },
    ]
}
