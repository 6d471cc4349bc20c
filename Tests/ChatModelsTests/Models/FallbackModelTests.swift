import SessionKitTesting
import SeshTestSupport
import SessionKit
import Synchronization
import Testing

@testable import ChatModels

@Suite("A model in whose place another answers")
struct FallbackModelTests {
    private let other = ModelReference(provider: "script", model: "other")

    private func events(_ first: [ScriptedModel.Step], _ second: [ScriptedModel.Step]) async -> (
        events: [ModelEvent], error: ModelError?, notices: [String]
    ) {
        let notices = Mutex<[String]>([])
        let model = FallbackModel(
            first: ScriptedModel(first), others: [ScriptedModel(second, reference: other)],
            notice: { text in notices.withLock { $0.append(text) } })
        var events: [ModelEvent] = []
        do {
            for try await event in model.respond(to: ModelRequest(messages: [])) { events.append(event) }
            return (events, nil, notices.withLock { $0 })
        } catch {
            return (events, error as? ModelError, notices.withLock { $0 })
        }
    }

    @Test func `is asked itself, and another only if it can't answer`() async {
        let own = await events([.text("Hi"), .finish(.stop)], [.fail(ModelError(.cut, "never asked"))])
        #expect(own.events == [.text("Hi"), .finished(.stop)] && own.notices.isEmpty)
        for code in [ModelError.Code.unreachable, .timedOut, .serviceFailed, .rateLimited, .refusedCredentials] {
            let run = await events([.fail(ModelError(code, "It is down."))], [.text("Hi"), .finish(.stop)])
            #expect(run.events == [.answering(other), .text("Hi"), .finished(.stop)] && run.error == nil)
            #expect(run.notices == ["It is down. script:other is asked instead."])
        }
    }

    @Test func `no other is asked once a word has come, or where the request is at fault`() async {
        let cut = await events([.text("H"), .fail(ModelError(.serviceFailed, "x"))], [.text("Hi"), .finish(.stop)])
        #expect(cut.events == [.text("H")] && cut.error?.code == .serviceFailed)
        let rejected = await events([.fail(ModelError(.rejected, "x"))], [.text("Hi"), .finish(.stop)])
        #expect(rejected.events.isEmpty && rejected.error?.code == .rejected)
        let both = await events([.fail(ModelError(.unreachable, "x"))], [.fail(ModelError(.rateLimited, "y"))])
        #expect(both.error?.code == .rateLimited)
    }

    @Test func `its answer is recorded as the other's, and the session's model stays`() async throws {
        let store = InMemoryStore()
        let id = try SessionID("demo")
        _ = try await store.create(id, title: nil, settings: SessionSettings())
        let model = FallbackModel(
            first: ScriptedModel([.text("a"), .finish(.stop)], [.fail(ModelError(.unreachable, "x"))]),
            others: [ScriptedModel([.text("b"), .finish(.stop)], reference: other)], notice: { _ in })
        let talk = Conversation(session: id, in: store, with: model)
        _ = try await talk.send("one") { _ in }
        let result = try await talk.send("two") { _ in }
        #expect(result.answer.model == other)
        #expect(try await store.read(id, .all).session.summary.model == model.reference)
    }

    @Test func `nothing goes from this machine to a service elsewhere`() throws {
        let (echo, openAI) = (
            ModelReference(provider: "echo", model: nil), ModelReference(provider: "openai", model: "x")
        )
        let catalog = ModelCatalog(
            environment: ["OPENAI_API_KEY": "sk-x"], homeDirectory: "/nonexistent", userID: 0,
            fallbacks: [echo: [openAI], openAI: [echo]])
        let error = #expect(throws: ModelError.self) { try catalog.model(for: echo) }
        #expect(error?.code == .configuration)
        #expect(try catalog.model(for: openAI).reference == openAI)
    }
}
