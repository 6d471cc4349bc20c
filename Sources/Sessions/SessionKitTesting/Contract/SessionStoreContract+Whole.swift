import SessionKit
import Testing
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Rules about what is done to whole sessions.
extension SessionStoreContract {
    static let wholeSessions: [Rule] = [
        Rule("fork copies title, settings, model and history, and says where it came from") { it in
            let id = try await it.makeSession(title: "Names", settings: SessionSettings(system: "Be brief."))
            let open = try await it.store.beginTurn(in: id, Prompt("one"))
            let turn = try await it.store.finishTurn(open, with: Answer("1", model: ModelReference("local")))
            _ = try await it.store.beginTurn(in: id, Prompt("unanswered"))
            it.clock.advance(by: 60)
            let copy = try await it.other.fork(id, as: SessionID("copy"), through: nil)
            #expect(copy.summary.title == "Names" && copy.settings.system == "Be brief.")
            #expect(copy.summary.model == ModelReference("local") && copy.summary.preview == "one")
            #expect(copy.summary.forkedFrom == ForkOrigin(id: "demo", turn: turn.id))
            #expect(copy.summary.createdAt == Timestamp.rounded(it.clock.now()))
            #expect(copy.pending.isEmpty, "pending turns stay behind")
            #expect(try await it.store.read(copy.id, .all) == Transcript(session: copy, messages: turn.messages))
            #expect(try await it.session(id).pending.count == 1)
        },
        Rule("fork copies through a turn, and refuses one that is not in the history") { it in
            let id = try await it.makeSession()
            let first = try await it.addTurn("one", to: id)
            let second = try await it.addTurn("two", to: id)
            let copy = try await it.store.fork(id, as: SessionID("copy"), through: first.id)
            #expect(try await it.prompts(in: copy.id) == ["one"])
            #expect(copy.summary.forkedFrom?.turn == first.id && copy.summary.messageCount == 2)
            try await it.undo(in: id)
            for turn in [second.id, .generate()] {
                await it.expect(.notFound, "fork through a turn that is not there") {
                    try await it.store.fork(id, as: SessionID("other"), through: turn)
                }
            }
            #expect(try await Set(it.listed()) == ["demo", "copy"])
        },
        Rule("a fork and its origin go their own ways, and undone turns stay behind") { it in
            let id = try await it.makeSession()
            try await it.addTurn("one", to: id)
            try await it.addTurn("two", to: id)
            try await it.undo(in: id)
            let copy = try await it.store.fork(id, as: SessionID("copy"), through: nil).id
            await it.expect(.nothingToDo, "redo in a fork") { try await it.redo(in: copy) }
            try await it.addTurn("elsewhere", to: copy)
            try await it.redo(in: id)
            #expect(try await it.prompts(in: id) == ["one", "two"])
            try await it.store.delete(id)
            #expect(try await it.prompts(in: copy) == ["one", "elsewhere"])
        },
        Rule("fork of an empty session is an empty session") { it in
            let copy = try await it.store.fork(it.makeSession(), as: SessionID("copy"), through: nil)
            #expect(copy.summary.forkedFrom == ForkOrigin(id: "demo", turn: nil) && copy.summary.messageCount == 0)
        },
        Rule("fork and rename refuse an id that is taken or differs from a taken one only by case") { it in
            let id = try await it.makeSession()
            _ = try await it.makeSession("Other")
            for (name, code) in [("Other", SessionError.Code.alreadyExists), ("oTHER", .invalidID)] {
                await it.expect(code, "fork to \(name)") {
                    try await it.store.fork(id, as: SessionID(name), through: nil)
                }
                await it.expect(code, "rename to \(name)") { try await it.store.rename(id, to: SessionID(name)) }
            }
            await it.expect(.invalidID, "fork to its own name in other case") {
                try await it.store.fork(id, as: SessionID("DEMO"), through: nil)
            }
            #expect(try await Set(it.listed()) == ["demo", "Other"])
        },
        Rule("rename keeps everything but the id") { it in
            let id = try await it.makeSession(title: "Names")
            try await it.addTurn("one", to: id)
            try await it.addTurn("two", to: id)
            try await it.undo(in: id)
            await it.store.releaseTurn(try await it.store.beginTurn(in: id, Prompt("unanswered")))
            let before = try await it.store.read(id, .all)
            let renamed = try await it.other.rename(id, to: SessionID("renamed"))
            await it.expect(.notFound, "read of the old id") { try await it.store.read(id, .all) }
            let after = try await it.store.read(renamed.id, .all)
            #expect(after.session == renamed && renamed.id.rawValue == "renamed" && renamed.summary.remark == nil)
            #expect(after.messages == before.messages && renamed.pending == before.session.pending)
            #expect(renamed.summary.title == "Names" && renamed.summary.createdAt == before.session.summary.createdAt)
            #expect(try await it.redo(in: renamed.id).prompt?.content == "two")
            #expect(try await it.listed() == ["renamed"])
        },
        Rule("rename may change the case of an id") { it in
            let id = try await it.makeSession("ticket")
            try await it.addTurn("one", to: id)
            let renamed = try await it.store.rename(id, to: SessionID("TICKET"))
            #expect(try await it.listed() == ["TICKET"])
            #expect(try await it.prompts(in: renamed.id) == ["one"])
        },
        Rule("rename is busy while a turn is live") { it in
            let id = try await it.makeSession()
            let open = try await it.other.beginTurn(in: id, Prompt("Hello"))
            await it.expect(.busy, "rename of a live session") { try await it.store.rename(id, to: SessionID("new")) }
            _ = try await it.other.finishTurn(open, with: Answer("Hi"))
            _ = try await it.store.rename(id, to: SessionID("new"))
            #expect(try await it.listed() == ["new"])
        },
        Rule("reset empties the history and keeps id, title, settings, model and time of birth") { it in
            let id = try await it.makeSession(title: "Names", settings: SessionSettings(temperature: 1))
            _ = try await it.store.update(id, ifRevision: nil, [.model(ModelReference("local"))])
            try await it.addTurn("one", to: id)
            try await it.undo(in: id)
            try await it.addTurn("two", to: id)
            await it.store.releaseTurn(try await it.store.beginTurn(in: id, Prompt("unanswered")))
            let before = try await it.session(id)
            it.clock.advance(by: 1)
            let reset = try await it.other.reset(id)
            #expect(try await it.store.read(id, .all) == Transcript(session: reset, messages: []))
            #expect(reset.pending.isEmpty && reset.summary.messageCount == 0 && reset.summary.pendingCount == 0)
            #expect(reset.summary.preview.isEmpty)
            #expect(reset.summary.title == "Names" && reset.summary.model == ModelReference("local"))
            #expect(reset.settings == before.settings && reset.summary.createdAt == before.summary.createdAt)
            #expect(reset.summary.revision > before.summary.revision)
            await it.expect(.nothingToDo, "redo after reset") { try await it.redo(in: id) }
        },
        Rule("delete removes the session, and its id is free again") { it in
            let id = try await it.makeSession()
            try await it.addTurn("one", to: id)
            try await it.other.delete(id)
            await it.expect(.notFound, "read of a deleted session") { try await it.store.read(id, .all) }
            await it.expect(.notFound, "delete of a deleted session") { try await it.store.delete(id) }
            #expect(try await it.listed().isEmpty)
            _ = try await it.makeSession()
            #expect(try await it.prompts(in: id).isEmpty)
            await it.expect(.nothingToDo, "redo in a new session") { try await it.redo(in: id) }
        },
    ]

    static let clocks: [Rule] = [
        Rule("the time of last use never goes backwards, whatever the clock does") { it in
            let id = try await it.makeSession()
            let start = try await it.session(id).summary.updatedAt
            it.clock.advance(by: -86_400)
            try await it.addTurn("one", to: id)
            let renamed = try await it.store.rename(id, to: SessionID("renamed"))
            #expect(renamed.summary.updatedAt == start)
            #expect(try await it.other.reset(renamed.id).summary.updatedAt == start)
            it.clock.advance(by: 2 * 86_400)
            #expect(try await it.store.update(renamed.id, ifRevision: nil, [.title("x")]).summary.updatedAt > start)
        },
        Rule("the order of turns, their names and what can be redone do not hang on the clock") { it in
            let id = try await it.makeSession()
            let decade: TimeInterval = 10 * 365 * 86_400
            let start = it.clock.now()
            for (number, years) in [decade, -2 * decade, decade, decade, -decade].enumerated() {
                let open = try await it.store.beginTurn(in: id, Prompt("\(number)"))
                it.clock.advance(by: years)
                _ = try await it.store.finishTurn(open, with: Answer("re: \(number)"))
            }
            let turns = try await it.store.read(id, .all).messages.map(\.turn)
            #expect(Set(turns).count == 5)
            #expect(try await it.prompts(in: id) == ["0", "1", "2", "3", "4"])
            let used = try await it.session(id).summary.updatedAt
            #expect(used == Timestamp.rounded(start.addingTimeInterval(decade)))
            for _ in 0..<5 { try await it.undo(in: id) }
            it.clock.advance(by: -decade)
            for _ in 0..<5 { try await it.redo(in: id) }
            #expect(try await it.prompts(in: id) == ["0", "1", "2", "3", "4"])
            #expect(try await it.store.read(id, .all).messages.map(\.turn) == turns)
            #expect(try await it.session(id).summary.updatedAt == used)
        },
        Rule("a session dated later than the clock is not old") { it in
            it.clock.advance(by: 10 * 365 * 86_400)
            let id = try await it.makeSession()
            it.clock.advance(by: -20 * 365 * 86_400)
            let report = try await it.store.prune(PruneCriteria(usedBefore: it.clock.now()), dryRun: false)
            #expect(report.removed.isEmpty)
            #expect(try await it.session(id).summary.id == id)
        },
        Rule("every change counts in the revision") { it in
            let id = try await it.makeSession()
            let store = it.store
            let open = try await store.beginTurn(in: id, Prompt("one"))
            var revisions = [1, try await it.session(id).summary.revision]
            _ = try await store.finishTurn(open, with: Answer("1"))
            revisions.append(try await it.session(id).summary.revision)
            _ = try await store.undo(1, in: id)
            revisions.append(try await it.session(id).summary.revision)
            _ = try await store.redo(1, in: id)
            revisions.append(try await it.session(id).summary.revision)
            try await store.withdrawTurn(store.beginTurn(in: id, Prompt("two")).id, in: id)
            revisions.append(try await it.session(id).summary.revision)
            revisions.append(try await store.update(id, ifRevision: nil, [.title("x")]).summary.revision)
            revisions.append(try await store.reset(id).summary.revision)
            #expect(zip(revisions, revisions.dropFirst()).allSatisfy { $0 < $1 }, "\(revisions)")
        },
    ]
}
