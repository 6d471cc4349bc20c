import SessionKit
import Testing
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Rules about turns that begin and are finished.
extension SessionStoreContract {
    static let turns: [Rule] = [
        Rule("beginTurn saves the prompt as pending and live before it returns") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(
                in: id, Prompt("Hello", model: ModelReference("ollama:llama3.2:1b")))
            #expect(open.session == id && open.prompt.role == .user && open.prompt.content == "Hello")
            #expect(open.prompt.turn == open.id && !open.isTakenUp)
            #expect(try await it.context(of: open).isEmpty)
            let read = try await it.other.read(id, .all)
            #expect(read.messages.isEmpty, "a pending prompt is not part of the history")
            let expected = PendingPrompt(
                turn: open.id, after: nil, createdAt: Timestamp.rounded(it.clock.now()),
                model: ModelReference("ollama:llama3.2:1b"), content: "Hello", state: .live)
            #expect(read.session.pending == [expected])
            #expect(read.session.summary.pendingCount == 1 && read.session.summary.revision == 2)
        },
        Rule("finishTurn moves prompt and answer into the history in one step") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
            let asked = Timestamp.rounded(it.clock.now())
            it.clock.advance(by: 2)
            let answer = Answer(
                "Hello, Sarah.", model: ModelReference("local"), status: .incomplete,
                finishReason: FinishReason(rawValue: "length"), usage: TokenUsage(inputTokens: 12, outputTokens: 4))
            let turn = try await it.store.finishTurn(open, with: answer)
            let expected = [
                Message(turn: open.id, role: .user, content: "Hello", createdAt: asked),
                Message(
                    turn: open.id, role: .assistant, content: "Hello, Sarah.",
                    createdAt: Timestamp.rounded(it.clock.now()), model: ModelReference("local"), status: .incomplete,
                    finishReason: FinishReason(rawValue: "length"),
                    usage: TokenUsage(inputTokens: 12, outputTokens: 4)),
            ]
            #expect(turn == Turn(id: open.id, messages: expected))
            let read = try await it.other.read(id, .all)
            #expect(read.messages == expected)
            #expect(read.session.pending.isEmpty && read.session.summary.pendingCount == 0)
            #expect(read.session.summary.messageCount == 2 && read.session.summary.revision == 3)
            #expect(read.session.summary.updatedAt == Timestamp.rounded(it.clock.now()))
        },
        Rule("token counts that can't be are not kept, and the answer is") { it in
            let id = try await it.makeSession()
            for (input, output) in [(-1, 1 << 60), (Int.max, Int.min)] {
                let open = try await it.store.beginTurn(in: id, Prompt("Hello"))
                let turn = try await it.store.finishTurn(
                    open, with: Answer("Hi", usage: TokenUsage(inputTokens: input, outputTokens: output)))
                #expect(turn.answer?.usage == TokenUsage())
                #expect(try await it.other.read(id, .last(2)).messages == turn.messages)
            }
        },
        Rule("words come back byte for byte") { it in
            let id = try await it.makeSession()
            let texts = [
                "\u{0}\u{1}\u{1B}[31m\u{7F}\u{9B}", "a\r\nb\rc\nd\u{2028}e\u{2029}", "\"\\/\u{8}\u{C}\t",
                "e\u{301} is not \u{E9}", "\u{FEFF}mark", "👩‍👩‍👧‍👦\u{10FFFF}\u{FFFE}", " blank around ",
                String(repeating: "long ", count: 50_000),
            ]
            for text in texts {
                let open = try await it.store.beginTurn(in: id, Prompt(Content(text)))
                _ = try await it.store.finishTurn(open, with: Answer(Content(text)))
            }
            let read = try await it.other.read(id, .all).messages
            #expect(read.map { Array($0.content.text.utf8) } == texts.flatMap { [Array($0.utf8), Array($0.utf8)] })
        },
        Rule("the context of a turn is the history, without what is pending") { it in
            let id = try await it.makeSession()
            let first = try await it.addTurn("one", to: id)
            _ = try await it.store.beginTurn(in: id, Prompt("unanswered"))
            let open = try await it.other.beginTurn(in: id, Prompt("two"))
            #expect(try await it.context(of: open) == first.messages)
            #expect(try await it.session(id).pending.map(\.after) == [first.id, first.id])
        },
        Rule("the context of a turn stays what it was when the turn began, however many slip in") { it in
            let id = try await it.makeSession()
            let early = try await it.store.beginTurn(in: id, Prompt("first of all"))
            let turns = [try await it.addTurn("one", to: id), try await it.addTurn("two", to: id)]
            let open = try await it.store.beginTurn(in: id, Prompt("three"))
            for number in 1...20 { try await it.addTurn("slipped in \(number)", to: id, it.other) }
            #expect(try await it.context(of: early).isEmpty)
            #expect(try await it.context(of: open) == turns.flatMap(\.messages))
            for count in 0...5 {
                let last = try await it.store.read(id, open.context(last: count)).messages
                #expect(last == turns.flatMap(\.messages).suffix(count))
            }
        },
        Rule("where the end of a context is gone, it ends with the last turn there, before one that is replaced") {
            it in
            let id = try await it.makeSession()
            let first = try await it.addTurn("one", to: id)
            try await it.addTurn("two", to: id)
            let open = try await it.store.beginTurn(in: id, Prompt("three"))
            try await it.undo(in: id)
            #expect(try await it.context(of: open) == first.messages)
            let old = try await it.addTurn("other", to: id)
            let again = try await it.store.beginTurn(in: id, Prompt("other", replacing: old.id))
            #expect(try await it.context(of: again) == first.messages)
            try await it.addTurn("slipped in", to: id, it.other)
            #expect(try await it.context(of: again) == first.messages)
            _ = try await it.store.reset(id)
            #expect(try await it.context(of: again).isEmpty)
        },
        Rule("the answer's model becomes the session's, and stays if the next answer names none") { it in
            let id = try await it.makeSession()
            let open = try await it.store.beginTurn(in: id, Prompt("one", model: ModelReference("openai:a")))
            #expect(try await it.session(id).summary.model == nil, "a model counts once it has answered")
            _ = try await it.store.finishTurn(open, with: Answer("1", model: ModelReference("openai:b")))
            #expect(try await it.session(id).summary.model == ModelReference("openai:b"))
            try await it.addTurn("two", to: id)
            #expect(try await it.session(id).summary.model == ModelReference("openai:b"))
        },
        Rule("a turn carries the session's settings and records them where they changed") { it in
            let brief = SessionSettings(system: "Be brief.")
            let id = try await it.makeSession(settings: brief)
            let open = try await it.store.beginTurn(in: id, Prompt("one"))
            #expect(open.settings == brief)
            _ = try await it.store.finishTurn(open, with: Answer("1"))
            try await it.addTurn("two", to: id)
            _ = try await it.store.update(id, ifRevision: nil, [.temperature(0)])
            try await it.addTurn("three", to: id)
            _ = try await it.store.update(id, ifRevision: nil, [.temperature(nil), .system(nil)])
            try await it.addTurn("four", to: id)
            try await it.addTurn("five", to: id)
            let recorded = try await it.other.read(id, .all).messages.filter { $0.role == .user }.map(\.settings)
            let cold = SessionSettings(system: "Be brief.", temperature: 0)
            #expect(recorded == [brief, nil, cold, SessionSettings(), nil])
        },
        Rule("a turn that ends after one with newer settings still records its own") { it in
            let id = try await it.makeSession()
            let plain = try await it.store.beginTurn(in: id, Prompt("plain"))
            _ = try await it.store.update(id, ifRevision: nil, [.maxTokens(9)])
            try await it.addTurn("short", to: id)
            _ = try await it.store.finishTurn(plain, with: Answer("re: plain"))
            let prompts = try await it.other.read(id, .all).messages.filter { $0.role == .user }
            #expect(prompts.map(\.content) == ["short", "plain"])
            #expect(prompts.map(\.settings) == [SessionSettings(maxTokens: 9), SessionSettings()])
        },
        Rule("turns of two processes enter in the order of completion, and both stay") { it in
            let id = try await it.makeSession()
            let slow = try await it.store.beginTurn(in: id, Prompt("slow"))
            let quick = try await it.other.beginTurn(in: id, Prompt("quick"))
            _ = try await it.other.finishTurn(quick, with: Answer("first"))
            _ = try await it.store.finishTurn(slow, with: Answer("second"))
            #expect(try await it.prompts(in: id) == ["quick", "slow"])
        },
    ]
}
