import SessionKit
import SessionKitTesting
import Synchronization
import Testing

@Suite("A conversation as it arrives")
struct ConversationStreamTests {
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

    @Test func `gives its events one after another, the saved turn last`() async throws {
        let model = ScriptedModel([.text("Hel"), .text("lo."), .finish(.stop)])
        var pieces: [String] = []
        var result: TurnResult?
        for try await event in conversation(model).stream("Hi") {
            switch event {
            case .text(let piece): pieces.append(piece)
            case .finished(let turn): result = turn
            }
        }
        #expect(pieces == ["Hel", "lo."])
        #expect(try await saved().turns == [result?.turn])
        await #expect(throws: SessionError.self) { for try await _ in conversation(model).stream(" ") {} }
    }

    @Test func `keeps what had arrived when its reader leaves early`() async throws {
        let checkpoint = Checkpoint()
        let model = ScriptedModel([.text("Hel"), .wait(checkpoint), .text("lo."), .finish(.stop)])
        for try await _ in conversation(model).stream("Hi") { break }
        while try await saved().session.pending.first != nil { try await Task.sleep(for: .milliseconds(2)) }
        let answer = try #require(try await saved().turns.last?.answer)
        #expect(answer.content == "Hel" && answer.status == .interrupted)
    }

    @Test func `keeps what the model reasoned apart from the answer, and never sends it back`() async throws {
        let model = ScriptedModel([.reasoning("Hm. "), .reasoning("Yes."), .text("Hello."), .finish(.stop)])
        let heard = Heard()
        var talk = conversation(model)
        talk.onReasoning = heard.add
        var answer = ""
        let result = try await talk.send("Hi") { answer += $0 }
        #expect(answer == "Hello." && heard.text == "Hm. Yes." && result.answer.reasoning == "Hm. Yes.")
        #expect(try await saved().messages.last?.reasoning == "Hm. Yes.")
        _ = try await talk.send("And?") { _ in }
        #expect(model.requests.last?.messages.map(\.content.text) == ["Hi", "Hello.", "And?"])
    }

    private final class Heard: Sendable {
        private let words = Mutex("")
        var text: String { words.withLock { $0 } }
        var add: @Sendable (String) -> Void { { piece in self.words.withLock { $0 += piece } } }
    }

    // MARK: Parts

    @Test func `keeps what has arrived while it grows, beside the stream`() async throws {
        let (first, second) = (Checkpoint(), Checkpoint())
        let model = ScriptedModel([
            .text("Hel"), .wait(first), .text("lo."), .wait(second), .text(" Bye."), .finish(.stop),
        ])
        var talk = conversation(model)
        talk.keeping.interval = .milliseconds(1)
        talk.keeping.longestSave = .seconds(60)
        let turn = Task { [talk] in try await talk.send("Hi") { _ in } }
        for (part, checkpoint) in [("Hel", first), ("Hello.", second)] {
            while try await saved().session.pending.first?.partial?.content.text != part {
                try await Task.sleep(for: .milliseconds(2))
            }
            checkpoint.open()
        }
        let answer = try await turn.value.answer
        #expect(answer.content == "Hello. Bye." && answer.status == .complete)
        #expect(try await saved().turns.count == 1)
    }
}
