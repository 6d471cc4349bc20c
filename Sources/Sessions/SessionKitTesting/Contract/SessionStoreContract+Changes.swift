import SessionKit
import Testing

/// Rules about settings, undo, redo and retries.
extension SessionStoreContract {
    static let changes: [Rule] = [
        Rule("update applies its changes in order, in one write") { it in
            let id = try await it.makeSession()
            let updated = try await it.store.update(
                id, ifRevision: 1,
                [
                    .title("first"), .title("A title"), .model(ModelReference("openai:gpt")), .system("Be brief."),
                    .temperature(0.25), .maxTokens(10),
                ])
            #expect(updated.summary.title == "A title" && updated.summary.model == ModelReference("openai:gpt"))
            #expect(updated.settings == SessionSettings(system: "Be brief.", temperature: 0.25, maxTokens: 10))
            #expect(updated.summary.revision == 2)
            #expect(try await it.other.read(id, .all).session == updated)
            let cleared = try await it.store.update(
                id, ifRevision: nil, [.title(nil), .model(nil), .system(nil), .temperature(nil), .maxTokens(nil)])
            #expect(cleared.summary.title == nil && cleared.summary.model == nil && cleared.settings.isEmpty)
        },
        Rule("update with a revision that has passed is a conflict and changes nothing") { it in
            let id = try await it.makeSession()
            let before = try await it.other.update(id, ifRevision: 1, [.title("theirs")])
            await it.expect(.conflict, "update from a stale revision") {
                try await it.store.update(id, ifRevision: 1, [.title("ours")])
            }
            #expect(try await it.session(id) == before)
        },
        Rule("update that changes nothing writes nothing") { it in
            let id = try await it.makeSession(title: "same")
            it.clock.advance(by: 5)
            let before = try await it.session(id)
            #expect(try await it.store.update(id, ifRevision: 1, [.title("other"), .title("same")]) == before)
            #expect(try await it.store.update(id, ifRevision: nil, []) == before)
            #expect(try await it.session(id) == before)
        },
        Rule("update leaves history and pending prompts alone") { it in
            let id = try await it.makeSession()
            let turn = try await it.addTurn("one", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("two"))
            _ = try await it.other.update(id, ifRevision: nil, [.system("Be brief.")])
            let read = try await it.store.read(id, .all)
            #expect(read.messages == turn.messages && read.session.pending.map(\.turn) == [open.id])
            _ = try await it.store.finishTurn(open, with: Answer("2"))
            #expect(try await it.prompts(in: id) == ["one", "two"])
        },
    ]

    static let undoing: [Rule] = [
        Rule("undo takes turns back one by one, redo restores them in turn, as they were") { it in
            let id = try await it.makeSession()
            var turns: [Turn] = []
            for prompt in ["one", "two", "three"] { turns.append(try await it.addTurn(prompt, to: id)) }
            for turn in turns.reversed() { #expect(try await it.undo(in: id) == turn) }
            await it.expect(.nothingToDo, "undo of an empty history") { try await it.undo(in: id) }
            let empty = try await it.session(id).summary
            #expect(empty.messageCount == 0 && empty.preview.isEmpty)
            for turn in turns { #expect(try await it.redo(in: id, it.other) == turn) }
            await it.expect(.nothingToDo, "redo with nothing left") { try await it.redo(in: id, it.other) }
            #expect(try await it.store.read(id, .all).messages == turns.flatMap(\.messages))
        },
        Rule("a turn that was undone is no context") { it in
            let id = try await it.makeSession()
            let first = try await it.addTurn("one", to: id)
            try await it.addTurn("two", to: id)
            try await it.undo(in: id)
            let open = try await it.store.beginTurn(in: id, Prompt("other"))
            #expect(try await it.context(of: open) == first.messages)
        },
        Rule("redo is refused once the history has gone on, and possible again when that is undone") { it in
            let id = try await it.makeSession()
            try await it.addTurn("one", to: id)
            try await it.addTurn("two", to: id)
            try await it.undo(in: id)
            try await it.addTurn("other", to: id)
            await it.expect(.nothingToDo, "redo after a new turn") { try await it.redo(in: id) }
            #expect(try await it.prompts(in: id) == ["one", "other"])
            #expect(try await it.undo(in: id).prompt?.content == "other")
            #expect(try await it.redo(in: id).prompt?.content == "other")
        },
        Rule("a refused undo or redo writes nothing") { it in
            let id = try await it.makeSession()
            let before = try await it.session(id)
            await it.expect(.nothingToDo, "undo of an empty history") { try await it.undo(in: id) }
            await it.expect(.nothingToDo, "redo in a new session") { try await it.redo(in: id) }
            #expect(try await it.session(id) == before)
        },
        Rule("undo and redo of several turns are one write, in the order of one after another") { it in
            let id = try await it.makeSession()
            var turns: [Turn] = []
            for prompt in ["one", "two", "three"] { turns.append(try await it.addTurn(prompt, to: id)) }
            let newer = try await it.addTurn("three, please", to: id, replacing: turns[2].id)
            let revision = try await it.session(id).summary.revision
            #expect(try await it.store.undo(3, in: id) == [newer, turns[2], turns[1]])
            let undone = try await it.other.read(id, .all)
            #expect(undone.messages == turns[0].messages && undone.session.summary.revision == revision + 1)
            #expect(undone.session.summary.messageCount == 2)
            #expect(try await it.other.redo(3, in: id) == [turns[1], turns[2], newer])
            let redone = try await it.store.read(id, .all)
            #expect(redone.turns == [turns[0], turns[1], newer])
            #expect(redone.session.summary.revision == revision + 2)
            #expect(try await it.undo(in: id) == newer)
            #expect(try await it.store.read(id, .all).turns == turns)
        },
        Rule("undo and redo of more turns than there are take none, and say how many there are") { it in
            let id = try await it.makeSession()
            for prompt in ["one", "two", "three"] { try await it.addTurn(prompt, to: id) }
            _ = try await it.store.undo(2, in: id)
            let before = try await it.store.read(id, .all)
            for count in [2, .max, 0, -1] {
                let error = await #expect(throws: SessionError.self) { try await it.store.undo(count, in: id) }
                #expect(error?.code == .nothingToDo && (count < 1 || error?.message.contains("Only 1 turn ") == true))
            }
            for count in [3, .max, 0, -1] {
                let error = await #expect(throws: SessionError.self) { try await it.store.redo(count, in: id) }
                #expect(error?.code == .nothingToDo && (count < 1 || error?.message.contains("Only 2 turns ") == true))
            }
            #expect(try await it.other.read(id, .all) == before)
            #expect(try await it.store.redo(2, in: id).count == 2)
            #expect(try await it.store.undo(3, in: id).count == 3)
        },
        Rule("undo leaves pending prompts alone") { it in
            let id = try await it.makeSession()
            try await it.addTurn("one", to: id)
            let open = try await it.other.beginTurn(in: id, Prompt("two"))
            try await it.undo(in: id)
            _ = try await it.other.finishTurn(open, with: Answer("2"))
            #expect(try await it.prompts(in: id) == ["two"])
        },
    ]

    static let retrying: [Rule] = [
        Rule("a retry takes the place of the last turn, and its context is what that turn's was") { it in
            let id = try await it.makeSession()
            let first = try await it.addTurn("one", to: id)
            let old = try await it.addTurn("two", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("two", replacing: old.id))
            #expect(try await it.context(of: open) == first.messages)
            #expect(
                try await it.prompts(in: id) == ["one", "two"], "the old version stands until the new one is there")
            let pending = try #require(try await it.session(id).pending.first)
            #expect(pending.replacing == old.id && pending.after == first.id)
            let new = try await it.store.finishTurn(open, with: Answer("better"))
            #expect(try await it.other.read(id, .all).turns.map(\.id) == [first.id, new.id])
            await it.expect(.nothingToDo, "redo after a retry") { try await it.redo(in: id) }
        },
        Rule("undoing a retry brings the old version back, redo swaps them again") { it in
            let id = try await it.makeSession()
            let first = try await it.addTurn("one", to: id)
            let old = try await it.addTurn("two", to: id)
            let new = try await it.addTurn("two, please", to: id, replacing: old.id)
            for _ in 1...2 {
                #expect(try await it.undo(in: id) == new)
                #expect(try await it.other.read(id, .all).messages == first.messages + old.messages)
                #expect(try await it.redo(in: id) == new)
                #expect(try await it.other.read(id, .all).messages == first.messages + new.messages)
            }
        },
        Rule("a chain of retries is undone and redone step by step, down to nothing and back") { it in
            let id = try await it.makeSession()
            let versions = [
                try await it.addTurn("a", to: id),
                try await it.addTurn("b", to: id, replacing: it.store.read(id, .all).turns.last?.id),
                try await it.addTurn("c", to: id, replacing: it.store.read(id, .all).turns.last?.id),
            ]
            let after = try await it.addTurn("next", to: id)
            for turn in [after] + versions.reversed() { #expect(try await it.undo(in: id) == turn) }
            #expect(try await it.prompts(in: id).isEmpty)
            for turn in versions {
                #expect(try await it.redo(in: id) == turn)
                #expect(try await it.store.read(id, .all).messages == turn.messages)
            }
            #expect(try await it.redo(in: id) == after)
            #expect(try await it.prompts(in: id) == ["c", "next"])
        },
        Rule("if the history has gone on before a retry is answered, both stay") { it in
            let id = try await it.makeSession()
            let old = try await it.addTurn("one", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("one", replacing: old.id))
            let theirs = try await it.other.beginTurn(in: id, Prompt("theirs"))
            _ = try await it.other.finishTurn(theirs, with: Answer("re: theirs"))
            _ = try await it.store.finishTurn(open, with: Answer("again"))
            #expect(try await it.prompts(in: id) == ["one", "theirs", "one"])
            #expect(try await it.undo(in: id).answer?.content == "again")
            #expect(try await it.prompts(in: id) == ["one", "theirs"])
        },
        Rule("a retry of a turn that is not the last when it begins is a turn like any other") { it in
            let id = try await it.makeSession()
            let old = try await it.addTurn("one", to: id)
            try await it.addTurn("two", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("one", replacing: old.id))
            #expect(try await it.context(of: open).count == 4)
            try await it.undo(in: id)
            _ = try await it.store.finishTurn(open, with: Answer("again"))
            #expect(try await it.prompts(in: id) == ["one", "one"])
        },
        Rule("a retry that failed still replaces when it is taken up") { it in
            let id = try await it.makeSession()
            let old = try await it.addTurn("one", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("one", replacing: old.id))
            await it.store.releaseTurn(open)
            let again = try await it.other.takeUp(open.id, in: id, model: nil)
            #expect(try await it.context(of: again).isEmpty)
            _ = try await it.other.finishTurn(again, with: Answer("again"))
            #expect(try await it.store.read(id, .all).turns.map(\.id) == [open.id])
        },
    ]
}
