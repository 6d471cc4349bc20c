import SessionKitTesting
import SeshTestSupport
import SessionKit
import Synchronization
import Testing

/// A model with a window, whose tokenizer takes a token for so many bytes, and which refuses what is too long.
private final class WindowModel: ChatModel {
    let reference = ModelReference(provider: "window", model: "1")
    let window: Int
    let bytesPerToken: Double
    let tellsWindow: Bool
    let tellsNumbers: Bool
    private let sizes = Mutex<[Int]>([])
    private let asked = Mutex<[ModelRequest]>([])
    private let learned = Mutex<Int?>(nil)

    init(_ window: Int, bytesPerToken: Double = 3.5, tellsWindow: Bool = true, tellsNumbers: Bool = true) {
        self.window = window
        self.bytesPerToken = bytesPerToken
        self.tellsWindow = tellsWindow
        self.tellsNumbers = tellsNumbers
    }

    var requests: [ModelRequest] { asked.withLock { $0 } }
    var learnedWindow: Int? { learned.withLock { $0 } }

    func contextWindow(forTokens estimate: Int) async -> Int? { tellsWindow ? window : learnedWindow }
    func learn(contextWindow tokens: Int) { learned.withLock { $0 = tokens } }

    func tokens(of request: ModelRequest) -> Int {
        Int(request.messages.reduce(0) { $0 + Double($1.content.text.utf8.count) / bytesPerToken + 4 })
    }

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        asked.withLock { $0.append(request) }
        let tokens = tokens(of: request)
        return AsyncThrowingStream { continuation in
            guard tokens + 50 <= window else {
                continuation.finish(
                    throwing: ModelError(
                        .tooLong, "too long", promptTokens: tellsNumbers ? tokens : nil,
                        limit: tellsNumbers ? window : nil))
                return
            }
            let answer = "answer " + String(repeating: "word ", count: 30)
            continuation.yield(.text(answer))
            continuation.yield(.usage(TokenUsage(inputTokens: tokens, outputTokens: answer.utf8.count * 2 / 7)))
            continuation.yield(.finished(.stop))
            continuation.finish()
        }
    }
}

@Suite("A session and its model's window")
struct FittedPolicyTests {
    let store = InMemoryStore()
    let id: SessionID

    init() async throws {
        id = try SessionID("demo")
        _ = try await store.create(id, title: nil, settings: SessionSettings(system: "Be brief."))
    }

    private func talk(_ model: WindowModel) -> Conversation { Conversation(session: id, in: store, with: model) }

    private func prompt(_ number: Int, words: Int = 40) -> Content {
        "\(number): \(String(repeating: "what is it ", count: words))"
    }

    /// How many turns of the history a request has.
    private func turns(_ request: ModelRequest) -> Int { (request.messages.count - 2) / 2 }

    @Test(
        "goes on for as long as one likes, and cuts once in many turns, whatever the tokenizer",
        arguments: [1.5, 2.5, 3.5, 5])
    func goesOn(_ bytesPerToken: Double) async throws {
        let model = WindowModel(4000, bytesPerToken: bytesPerToken)
        var cuts: [Int] = []
        for number in 1...60 {
            let result = try await talk(model).send(prompt(number)) { _ in }
            guard case .complete = result.ending else { throw result.ending.error ?? CancellationError() }
            if result.context.isCut { cuts.append(number) }
            #expect(result.answer.context?.from == (result.context.leftOutCount > 0 ? result.context.first : nil))
            #expect(model.requests.last?.messages.first?.content == "Be brief.", "the system prompt stays")
            #expect(result.context.turnCount + result.context.leftOutCount == number - 1)
        }
        #expect(!cuts.isEmpty && cuts.count < 20)
        for (earlier, later) in zip(cuts, cuts.dropFirst()) { #expect(later - earlier >= 3, "\(cuts)") }
        #expect(model.requests.count == 60, "none was refused")
        #expect(try await store.read(id, .all).messages.count == 120, "nothing leaves the session")
    }

    @Test func `keeps its beginning until the next cut, so that a prompt cache knows it`() async throws {
        let model = WindowModel(4000)
        var beginnings: [Content] = []
        for number in 1...40 {
            _ = try await talk(model).send(prompt(number)) { _ in }
            if let first = model.requests.last?.messages.dropFirst().first { beginnings.append(first.content) }
        }
        let changes = zip(beginnings, beginnings.dropFirst()).count { $0 != $1 }
        #expect(changes >= 2 && changes <= 8)
    }

    @Test func `begins where the last answers say after undo, and at the start when all fits into half again`()
        async throws
    {
        let model = WindowModel(4000)
        var last: TurnResult?
        for number in 1...25 { last = try await talk(model).send(prompt(number)) { _ in } }
        let first = try #require(last?.context.first)
        _ = try await store.undo(1, in: id)
        #expect(try await talk(model).send("Again?") { _ in }.context.first == first)
        _ = try await store.undo(22, in: id)
        let short = try await talk(model).send("And now?") { _ in }
        #expect(short.context.leftOutCount == 0 && short.context.turnCount == 3 && short.answer.context == nil)
    }

    @Test func `goes on with less after a refusal, with the numbers it gives or by halving`() async throws {
        for tellsNumbers in [true, false] {
            let model = WindowModel(3000, tellsWindow: false, tellsNumbers: tellsNumbers)
            for number in 1...40 {
                let result = try await talk(model).send(prompt(number)) { _ in }
                guard case .complete = result.ending else { throw result.ending.error ?? CancellationError() }
            }
            #expect(model.requests.count > 40 && model.requests.count < 60, "\(model.requests.count)")
            #expect(model.learnedWindow == (tellsNumbers ? 3000 : nil))
        }
    }

    @Test func `a long session that was imported goes on too, reading only its end`() async throws {
        let model = WindowModel(4000)
        let turns = (1...2000).map { number in
            let turn = TurnID.generate()
            return Turn(
                id: turn,
                messages: [
                    Message(turn: turn, role: .user, content: prompt(number)),
                    Message(turn: turn, role: .assistant, content: "answer \(number)"),
                ])
        }
        let other = try SessionID("long")
        _ = try await store.create(other, title: nil, settings: SessionSettings(), model: nil, turns: turns)
        let result = try await Conversation(session: other, in: store, with: model).send("hi") { _ in }
        guard case .complete = result.ending else { throw result.ending.error ?? CancellationError() }
        #expect(result.context.isCut && result.context.turnCount + result.context.leftOutCount == 2000)
        #expect(model.requests.count == 1 && model.tokens(of: model.requests[0]) > 1000)
        let next = try await Conversation(session: other, in: store, with: model).send("hi again") { _ in }
        #expect(!next.context.isCut && next.context.first == result.context.first)
    }

    @Test func `a prompt that does not fit by itself is refused before it is sent, and stays`() async throws {
        let model = WindowModel(4000)
        let error = await #expect(throws: ModelError.self) {
            try await talk(model).send(prompt(1, words: 4000)) { _ in }
        }
        #expect(error?.code == .tooLong && error?.limit == 4000 && (error?.promptTokens ?? 0) > 10_000)
        #expect(model.requests.isEmpty)
        #expect(try await store.read(id, .all).session.pending.map(\.state) == [.abandoned])
    }

    @Test func `an unknown window means that everything is sent`() async throws {
        let model = WindowModel(1_000_000, tellsWindow: false)
        for number in 1...80 { _ = try await talk(model).send(prompt(number)) { _ in } }
        #expect(model.requests.last.map(turns) == 79)
    }

    @Test func `reasoning that is not sent back does not count`() async throws {
        let model = ScriptedModel(
            [.text("Yes."), .usage(TokenUsage(inputTokens: 50, outputTokens: 3900)), .finish(.stop)])
        let windowed = Windowed(model: model, window: 4000)
        _ = try await Conversation(session: id, in: store, with: windowed).send("one") { _ in }
        let result = try await Conversation(session: id, in: store, with: windowed).send("two") { _ in }
        #expect(result.context.leftOutCount == 0 && (result.context.estimatedTokens ?? .max) < 100)
    }

    @Test func `tells where a session stands without changing it`() async throws {
        let model = WindowModel(4000)
        for number in 1...25 { _ = try await talk(model).send(prompt(number)) { _ in } }
        let revision = try await store.read(id, .last(0)).session.summary.revision
        let standing = try await ContextStanding(of: id, in: store, for: model)
        #expect(standing.report.leftOutCount > 0 && standing.report.window == 4000 && standing.lastUsage != nil)
        #expect(standing.report.turnCount + standing.report.leftOutCount == 25)
        #expect(try await store.read(id, .last(0)).session.summary.revision == revision)
    }

    /// A scripted model with a window.
    private struct Windowed: ChatModel {
        let model: ScriptedModel
        let window: Int
        var reference: ModelReference { model.reference }
        func contextWindow(forTokens estimate: Int) async -> Int? { window }
        func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
            model.respond(to: request)
        }
    }
}

extension TurnResult.Ending {
    /// What the answer ended with, if that is an error.
    fileprivate var error: (any Error)? { if case .incomplete(let error) = self { error } else { nil } }
}
