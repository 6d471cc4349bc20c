import SessionKit
import Testing
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Rules about making, listing and reading sessions.
extension SessionStoreContract {
    static let creation: [Rule] = [
        Rule("create makes an empty session, dated to the millisecond, and returns what read then finds") { it in
            let settings = SessionSettings(system: "Be brief.", temperature: 0.7, maxTokens: 4096)
            let made = try await it.store.create(SessionID("demo"), title: "A \"title\"\u{1B}", settings: settings)
            #expect(made.summary.title == "A \"title\"\u{1B}")
            #expect(made.settings == settings)
            #expect(made.summary.createdAt == Timestamp.rounded(it.clock.now()))
            #expect(made.summary.updatedAt == made.summary.createdAt)
            #expect(made.summary.messageCount == 0 && made.summary.pendingCount == 0)
            #expect(made.summary.preview.isEmpty && made.summary.model == nil && made.summary.forkedFrom == nil)
            #expect(made.summary.revision == 1)
            let read = try await it.other.read(made.id, .all)
            #expect(read == Transcript(session: made, messages: []))
        },
        Rule("create takes a history, and what follows it goes on from there") { it in
            let id = try SessionID("demo")
            let (begun, second) = (Self.turn("one"), Self.turn("two"))
            let more = Message(
                turn: begun.id, role: .assistant, content: "more", model: ModelReference("local"), status: .interrupted)
            let first = Turn(id: begun.id, messages: begun.messages + [more])
            let made = try await it.store.create(
                id, title: "Kept", settings: SessionSettings(system: "Be brief."), model: ModelReference("local"),
                turns: [first, second])
            #expect(made.summary.messageCount == 5 && made.summary.preview == "one" && made.summary.revision == 1)
            #expect(made.summary.title == "Kept" && made.summary.model == ModelReference("local"))
            let read = try await it.other.read(id, .all)
            #expect(read == Transcript(session: made, messages: first.messages + second.messages))
            #expect(try await it.undo(in: id, it.other).id == second.id)
            try await it.addTurn("three", to: id)
            #expect(try await it.prompts(in: id) == ["one", "three"])
        },
        Rule("create refuses turns that can't be a history, and makes nothing") { it in
            let id = try SessionID("demo")
            let turn = Self.turn("one")
            let wrong: [(Comment, [Turn])] = [
                ("a prompt alone", [Turn(id: turn.id, messages: [turn.messages[0]])]),
                ("an answer alone", [Turn(id: turn.id, messages: [turn.messages[1]])]),
                ("no message", [Turn(id: turn.id, messages: [])]), ("a turn twice", [turn, turn]),
                ("another turn's messages", [Turn(id: .generate(), messages: turn.messages)]),
            ]
            for (comment, turns) in wrong {
                await it.expect(.malformed, comment) {
                    try await it.store.create(id, title: nil, settings: SessionSettings(), model: nil, turns: turns)
                }
            }
            #expect(try await it.listed().isEmpty)
        },
        Rule("settings that no session can have are refused by create and update, and change nothing") { it in
            let settings: [(SessionSettings, SessionChange)] = [
                (SessionSettings(temperature: .nan), .temperature(.nan)),
                (SessionSettings(temperature: .infinity), .temperature(.infinity)),
                (SessionSettings(temperature: -0.5), .temperature(-0.5)),
                (SessionSettings(maxTokens: 0), .maxTokens(0)), (SessionSettings(maxTokens: -1), .maxTokens(-1)),
                (SessionSettings(maxTokens: .max), .maxTokens(.max)),
            ]
            let id = try await it.makeSession(settings: SessionSettings(temperature: 0, maxTokens: (1 << 53) - 1))
            let before = try await it.session(id)
            for (wrong, change) in settings {
                await it.expect(.invalidSetting, "create with \(wrong)") {
                    try await it.store.create(SessionID("other"), title: nil, settings: wrong)
                }
                await it.expect(.invalidSetting, "update by \(change)") {
                    try await it.store.update(id, ifRevision: nil, [.title("new"), change])
                }
            }
            #expect(try await it.listed() == ["demo"])
            #expect(try await it.other.read(id, .all).session == before)
        },
        Rule("create refuses an id that is taken and leaves the session alone") { it in
            let id = try await it.makeSession(title: "first")
            await it.expect(.alreadyExists, "create of a taken id") {
                try await it.other.create(id, title: "second", settings: SessionSettings())
            }
            #expect(try await it.session(id).summary.title == "first")
        },
        Rule("create refuses an id that differs from a taken one only by case") { it in
            _ = try await it.makeSession("Ticket-42")
            await it.expect(.invalidID, "create of the same id in other case") {
                try await it.other.create(SessionID("tICKET-42"), title: nil, settings: SessionSettings())
            }
            #expect(try await it.listed() == ["Ticket-42"])
        },
        Rule("an unknown session is notFound to every intent, and none makes it") { it in
            let id = try SessionID("nobody")
            let other = try SessionID("other")
            let store = it.store
            await it.expect(.notFound, "read") { try await store.read(id, .all) }
            await it.expect(.notFound, "read the last") { try await store.read(id, .last(1)) }
            await it.expect(.notFound, "beginTurn") { try await store.beginTurn(in: id, Prompt("Hello")) }
            await it.expect(.notFound, "takeUp") { try await store.takeUp(.generate(), in: id, model: nil) }
            await it.expect(.notFound, "withdrawTurn") { try await store.withdrawTurn(.generate(), in: id) }
            await it.expect(.notFound, "update") { try await store.update(id, ifRevision: nil, [.title("x")]) }
            await it.expect(.notFound, "undo") { try await store.undo(1, in: id) }
            await it.expect(.notFound, "redo") { try await store.redo(1, in: id) }
            await it.expect(.notFound, "fork") { try await store.fork(id, as: other, through: nil) }
            await it.expect(.notFound, "rename") { try await store.rename(id, to: other) }
            await it.expect(.notFound, "reset") { try await store.reset(id) }
            await it.expect(.notFound, "delete") { try await store.delete(id) }
            #expect(try await it.listed().isEmpty)
        },
    ]

    /// A turn that no store has made.
    private static func turn(_ prompt: String) -> Turn {
        let id = TurnID.generate()
        return Turn(
            id: id,
            messages: [
                Message(turn: id, role: .user, content: Content(prompt)),
                Message(turn: id, role: .assistant, content: "re: \(prompt)", finishReason: .stop),
            ])
    }

    static let reading: [Rule] = [
        Rule("an empty store lists nothing") { it in
            let page = try await it.store.summaries(offset: 0, limit: nil)
            #expect(page.entries.isEmpty && page.total == 0)
        },
        Rule("summaries come last used first, and changing a session is using it") { it in
            for name in ["a", "b", "c"] {
                _ = try await it.makeSession(name)
                it.clock.advance(by: 1)
            }
            #expect(try await it.listed() == ["c", "b", "a"])
            try await it.addTurn("Hello", to: SessionID("a"))
            #expect(try await it.listed() == ["a", "c", "b"])
            it.clock.advance(by: 1)
            _ = try await it.other.update(SessionID("b"), ifRevision: nil, [.title("x")])
            #expect(try await it.listed() == ["b", "a", "c"])
        },
        Rule("reading is not use") { it in
            _ = try await it.makeSession("old")
            it.clock.advance(by: 1)
            _ = try await it.makeSession("new")
            it.clock.advance(by: 1)
            _ = try await it.store.read(SessionID("old"), .all)
            _ = try await it.store.read(SessionID("old"), .last(1))
            #expect(try await it.listed() == ["new", "old"])
        },
        Rule("summaries come in pages and count them all") { it in
            for name in ["a", "b", "c", "d"] {
                _ = try await it.makeSession(name)
                it.clock.advance(by: 1)
            }
            for (offset, limit, ids) in [
                (0, 2, ["d", "c"]), (2, 2, ["b", "a"]), (3, 2, ["a"]), (4, 2, []), (9, nil, []),
                (1, nil, ["c", "b", "a"]),
                (0, 0, []),
            ] as [(Int, Int?, [String])] {
                let page = try await it.store.summaries(offset: offset, limit: limit)
                #expect(page.entries.map(\.id.rawValue) == ids, "offset \(offset), limit \(String(describing: limit))")
                #expect(page.total == 4)
            }
        },
        Rule("a summary is the one that the session is read with") { it in
            let id = try await it.makeSession(title: "Names")
            try await it.addTurn("My name is\n\tSarah.", to: id)
            _ = try await it.store.beginTurn(in: id, Prompt("And yours?"))
            let summary = try #require(try await it.other.summaries(offset: 0, limit: nil).sessions.first)
            #expect(summary == (try await it.session(id).summary))
            #expect(summary.title == "Names" && summary.preview == "My name is Sarah.")
            #expect(summary.messageCount == 2 && summary.pendingCount == 1)
        },
        Rule("the preview is of the first prompt, answered or not") { it in
            let id = try await it.makeSession()
            let first = try await it.store.beginTurn(in: id, Prompt("unanswered"))
            #expect(try await it.session(id).summary.preview == "unanswered")
            try await it.addTurn("answered", to: id)
            #expect(try await it.session(id).summary.preview == "answered")
            await it.store.releaseTurn(first)
            try await it.undo(in: id)
            #expect(try await it.session(id).summary.preview == "unanswered")
        },
        Rule("read cuts all, the last so many, and those before a turn") { it in
            let id = try await it.makeSession()
            var turns: [Turn] = []
            for prompt in ["one", "two", "three"] { turns.append(try await it.addTurn(prompt, to: id)) }
            let all = turns.flatMap(\.messages)
            let store = it.other
            #expect(try await store.read(id, .all).messages == all)
            for count in [0, 1, 2, 5, 6, 7] {
                let last = try await store.read(id, .last(count))
                #expect(last.messages == Array(all.suffix(count)), "the last \(count)")
                #expect(
                    last.session == (try await store.read(id, .all).session), "the session beside the last \(count)")
            }
            #expect(try await store.read(id, .before(turns[0].id)).messages.isEmpty)
            #expect(try await store.read(id, .before(turns[2].id)).messages == Array(all.prefix(4)))
            await it.expect(.notFound, "read before an unknown turn") { try await store.read(id, .before(.generate())) }
        },
    ]
}
