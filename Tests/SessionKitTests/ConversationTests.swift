import SessionKitTesting
import SeshTestSupport
import SessionKit
import Synchronization
import Testing

@Suite("A conversation")
struct ConversationTests {
    struct Broken: Error {}

    let store = InMemoryStore()
    let id: SessionID

    init() async throws {
        id = try SessionID("demo")
        _ = try await store.create(id, title: nil, settings: SessionSettings())
    }

    private func conversation(_ model: ScriptedModel) -> Conversation {
        Conversation(session: id, in: store, with: model)
    }

    private func saved() async throws -> Transcript { try await store.read(id, .all) }

    @Test func `saves the prompt first, hands the answer over as it comes, and saves the whole turn`() async throws {
        let usage = TokenUsage(inputTokens: 5, outputTokens: 2)
        let model = ScriptedModel([.text("Hel"), .text("lo."), .finish(.stop), .usage(usage)])
        var pieces: [String] = []
        let result = try await conversation(model).send("Hi") { piece in
            let pending = try await saved().session.pending
            #expect(pending.map(\.content) == ["Hi"])
            pieces.append(piece)
        }
        #expect(pieces == ["Hel", "lo."])
        guard case .complete = result.ending else { throw Broken() }
        #expect(
            result.answer.content == "Hello." && result.answer.model == model.reference && result.answer.usage == usage)
        #expect(result.answer.status == .complete && result.answer.finishReason == .stop && !result.isTakenUp)
        let read = try await saved()
        #expect(read.turns == [result.turn] && read.session.pending.isEmpty)
        #expect(read.session.summary.model == model.reference)
    }

    @Test func `sends the system prompt, the history, the prompt and the settings`() async throws {
        let model = ScriptedModel([.text("1"), .finish(.stop)])
        var conversation = conversation(model)
        conversation.streams = false
        _ = try await conversation.send("one") { _ in }
        _ = try await store.update(id, ifRevision: nil, [.system("Be brief."), .temperature(0), .maxTokens(7)])
        _ = try await conversation.send("two") { _ in }
        #expect(model.requests.first?.messages == [.init(role: .user, content: "one")])
        let expected = ModelRequest(
            messages: [
                .init(role: .system, content: "Be brief."), .init(role: .user, content: "one"),
                .init(role: .assistant, content: "1"), .init(role: .user, content: "two"),
            ], temperature: 0, maxTokens: 7, streams: false)
        #expect(model.requests.last == expected)
    }

    @Test func `keeps an answer that was cut, says so, and sends it along as context`() async throws {
        let model = ScriptedModel([.text("Half an ")], [.text("ok"), .finish(.stop)])
        let result = try await conversation(model).send("one") { _ in }
        guard case .incomplete(let error as ModelError) = result.ending else { throw Broken() }
        #expect(error.code == .cut && result.answer.status == .incomplete)
        #expect(try await saved().messages.last?.status == .incomplete)
        _ = try await conversation(model).send("two") { _ in }
        #expect(model.requests.last?.messages.map(\.content) == ["one", "Half an ", "two"])
    }

    @Test func `keeps what came before a failure, and the failure`() async throws {
        let model = ScriptedModel([.text("Half"), .fail(Broken())])
        let result = try await conversation(model).send("one") { _ in }
        guard case .incomplete(let error) = result.ending else { throw Broken() }
        #expect(error is Broken)
        #expect(try await saved().messages.map(\.content) == ["one", "Half"])
    }

    @Test func `counts an answer as complete once the model has ended it, whatever follows`() async throws {
        let model = ScriptedModel([.text("Whole"), .finish(.stop), .fail(Broken())])
        guard case .complete = try await conversation(model).send("one", receive: { _ in }).ending else {
            throw Broken()
        }
        #expect(try await saved().messages.last?.status == .complete)
    }

    @Test(arguments: [false, true])
    func `cancelled in the middle of an answer, saves what came as interrupted`(ignored: Bool) async throws {
        let checkpoint = Checkpoint()
        let model = ScriptedModel([
            .text("Half"), ignored ? .waitUncancelled(checkpoint) : .wait(checkpoint), .text(" more"), .finish(.stop),
        ])
        let conversation = conversation(model)
        let task = Task { try await conversation.send("one") { _ in } }
        await checkpoint.reached()
        task.cancel()
        checkpoint.open()
        let result = try await task.value
        guard case .interrupted(nil) = result.ending else { throw Broken() }
        #expect(result.answer.status == .interrupted && result.answer.content == "Half")
        let read = try await saved()
        #expect(read.turns == [result.turn] && read.session.pending.isEmpty)
    }

    @Test func `cancelled while the receiver has a piece, shows no more of what is buffered`() async throws {
        let eager = EagerModel(events: [.text("one "), .text("two"), .finished(.stop)])
        let conversation = Conversation(session: id, in: store, with: eager)
        let checkpoint = Checkpoint()
        let task = Task {
            try await conversation.send("count") { _ in await checkpoint.pass() }
        }
        await checkpoint.reached()
        task.cancel()
        checkpoint.open()
        let result = try await task.value
        #expect(result.answer.content == "one " && result.answer.status == .interrupted)
    }

    @Test func `cancelled before the first word, leaves the prompt pending and abandoned`() async throws {
        let checkpoint = Checkpoint()
        let conversation = conversation(ScriptedModel([.wait(checkpoint), .text("late"), .finish(.stop)]))
        let task = Task { try await conversation.send("one") { _ in } }
        await checkpoint.reached()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let read = try await saved()
        #expect(read.messages.isEmpty && read.session.pending.map(\.state) == [.abandoned])
    }

    @Test func `cancelled beforehand, saves and sends nothing`() async throws {
        let model = ScriptedModel([.text("x"), .finish(.stop)])
        let conversation = conversation(model)
        let checkpoint = Checkpoint()
        let task = Task {
            await checkpoint.pass()
            return try await conversation.send("one") { _ in }
        }
        task.cancel()
        checkpoint.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(model.requests.isEmpty)
        #expect(try await saved().session.pending.isEmpty)
    }

    @Test func `cancelled beforehand, resumes nothing`() async throws {
        let model = ScriptedModel([.text("x"), .finish(.stop)])
        let conversation = conversation(model)
        let open = try await store.beginTurn(in: id, Prompt("one"))
        await store.releaseTurn(open)
        let before = try await saved()
        let checkpoint = Checkpoint()
        let task = Task {
            await checkpoint.pass()
            return try await conversation.resume(open.id) { _ in }
        }
        task.cancel()
        checkpoint.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(model.requests.isEmpty)
        #expect(try await saved() == before)
    }

    @Test func `is interrupted when the receiver fails, and keeps the piece it failed on`() async throws {
        let model = ScriptedModel([.text("a"), .text("b"), .text("c"), .finish(.stop)])
        let result = try await conversation(model).send("one") { if $0 == "b" { throw Broken() } }
        guard case .interrupted(let error) = result.ending else { throw Broken() }
        #expect(error is Broken)
        #expect(result.answer.content == "ab" && result.answer.status == .interrupted)
        #expect(try await saved().messages.last?.content == "ab")
    }

    @Test(arguments: [[], [.text(" \n\t\u{A0}")], [.text("")]] as [[ScriptedModel.Step]])
    func `takes an answer without a visible word for none`(_ words: [ScriptedModel.Step]) async throws {
        let conversation = conversation(ScriptedModel(words + [.finish(.stop)]))
        let error = try await #require(throws: ModelError.self) { try await conversation.send("one") { _ in } }
        #expect(error.code == .emptyAnswer)
        let read = try await saved()
        #expect(read.messages.isEmpty && read.session.pending.map(\.state) == [.abandoned])
    }

    @Test func `leaves the prompt of a failed request pending, and takes it up when it is sent again`() async throws {
        let refused = ModelError(.rateLimited, "Too many requests.", retryAfter: .seconds(3))
        let model = ScriptedModel([.fail(refused)], [.text("ok"), .finish(.stop)])
        let error = try await #require(throws: ModelError.self) { try await conversation(model).send("one") { _ in } }
        #expect(error.code == .rateLimited && error.retryAfter == .seconds(3))
        let pending = try #require(try await saved().session.pending.first)
        #expect(pending.state == .abandoned)
        let result = try await conversation(model).send("one") { _ in }
        #expect(result.isTakenUp && result.turn.id == pending.turn)
        let read = try await saved()
        #expect(read.messages.map(\.content) == ["one", "ok"] && read.session.pending.isEmpty)
    }

    @Test func `resumes a pending prompt by its turn, but not one that is answered`() async throws {
        let model = ScriptedModel([.fail(Broken())], [.text("ok"), .finish(.stop)])
        await #expect(throws: Broken.self) { try await conversation(model).send("one") { _ in } }
        let turn = try #require(try await saved().session.pending.first).turn
        let result = try await conversation(model).resume(turn) { _ in }
        #expect(result.turn.id == turn && result.turn.prompt?.content == "one")
        let error = try await #require(throws: SessionError.self) {
            try await conversation(model).resume(turn) { _ in }
        }
        #expect(error.code == .notFound && model.requests.count == 2)
    }

    @Test func `tells that the answer is not saved when the session was reset meanwhile`() async throws {
        let conversation = conversation(ScriptedModel([.text("Hello"), .finish(.stop)]))
        let error = try await #require(throws: SessionError.self) {
            try await conversation.send("one") { _ in _ = try await store.reset(id) }
        }
        #expect(error.code == .notSaved)
        #expect(try await saved().messages.isEmpty)
    }

    @Test func `tries the last turn again in its place`() async throws {
        let model = ScriptedModel([.text("bad"), .finish(.stop)], [.text("good"), .finish(.stop)])
        let first = try await conversation(model).send("one") { _ in }
        let second = try await conversation(model).send("one", replacing: first.turn.id) { _ in }
        #expect(try await saved().turns == [second.turn])
        #expect(model.requests.last?.messages.map(\.content) == ["one"])
    }

    @Test(arguments: ["", " ", "\n\t\r\n", "\u{2003}\u{2028}"])
    func `refuses a prompt without a visible word before anything is saved`(_ prompt: String) async throws {
        let model = ScriptedModel([.text("x"), .finish(.stop)])
        let error = try await #require(throws: SessionError.self) {
            try await conversation(model).send(Content(prompt)) { _ in }
        }
        #expect(error.code == .emptyPrompt && model.requests.isEmpty)
        #expect(try await saved().session.summary.revision == 1)
    }

    @Test func `refuses to go on after a message of an unknown role before anything is sent`() async throws {
        let turn = TurnID.generate()
        let messages = [
            Message(turn: turn, role: .user, content: "What time is it?"),
            Message(turn: turn, role: Role(rawValue: "tool"), content: "{}"),
            Message(turn: turn, role: .assistant, content: "Noon."),
        ]
        let session = try await saved().session
        let store = InMemoryStore([Transcript(session: session, messages: messages)])
        let model = ScriptedModel([.text("x"), .finish(.stop)])
        let error = try await #require(throws: SessionError.self) {
            try await Conversation(session: id, in: store, with: model).send("And now?") { _ in }
        }
        #expect(error.code == .notContinuable && model.requests.isEmpty)
        let read = try await store.read(id, .all)
        #expect(read.messages == messages && read.session.pending.isEmpty)
    }

    // MARK: The context

    /// A policy that sends the last turn only.
    private struct LastTurn: ContextPolicy {
        func selection(
            for turn: OpenTurn, to model: any ChatModel, from history: TurnHistory
        ) async throws -> ContextSelection {
            let turns = try await history.part(last: 3).turns
            return ContextSelection(turns.last?.messages ?? [], leftOutCount: 7)
        }
    }

    private struct Additions: ContextSource {
        let texts: [ContextAddition]
        func additions(to turn: OpenTurn, from history: TurnHistory) async throws -> [ContextAddition] { texts }
    }

    /// A policy that fails.
    private struct NoPolicy: ContextPolicy {
        func selection(
            for turn: OpenTurn, to model: any ChatModel, from history: TurnHistory
        ) async throws -> ContextSelection {
            throw Broken()
        }
    }

    @Test func `sends what the policy selects and the sources add, and reports it`() async throws {
        _ = try await store.update(id, ifRevision: nil, [.system("Be brief.")])
        let model = ScriptedModel([.text("ok"), .finish(.stop)])
        var talk = conversation(model)
        let first = try await talk.send("one") { _ in }
        #expect(first.context.turnCount == 0 && first.context.first == first.turn.id)
        let second = try await talk.send("two") { _ in }
        #expect(second.context.turnCount == 1 && second.context.first == first.turn.id)
        talk.policy = LastTurn()
        talk.sources = [
            Additions(texts: [
                ContextAddition("Ann is a vet.", named: "memory", in: .system),
                ContextAddition("Earlier: x", named: "recall", in: .prompt),
            ])
        ]
        let third = try await talk.send("three") { _ in }
        #expect(
            model.requests.last?.messages.map { "\($0.role.rawValue): \($0.content)" } == [
                "system: Be brief.\n\nAnn is a vet.", "user: two", "assistant: ok", "user: Earlier: x\n\nthree",
            ])
        #expect(third.context.turnCount == 1 && third.context.leftOutCount == 7)
        #expect(third.context.first == second.turn.id && third.context.additions == ["memory", "recall"])
        #expect(third.answer.context == MessageContext(from: second.turn.id))
        #expect(try await saved().turns.last?.prompt?.content == "three", "what is added is no part of the history")
    }

    @Test func `leaves the prompt to be taken up if its context can't be put together`() async throws {
        let model = ScriptedModel([.text("ok"), .finish(.stop)])
        var talk = conversation(model)
        talk.policy = NoPolicy()
        await #expect(throws: Broken.self) { try await talk.send("one") { _ in } }
        #expect(try await saved().session.pending.map(\.state) == [.abandoned] && model.requests.isEmpty)
        talk.policy = .everything
        #expect(try await talk.send("one") { _ in }.isTakenUp)
    }

    // MARK: As a sequence
}
