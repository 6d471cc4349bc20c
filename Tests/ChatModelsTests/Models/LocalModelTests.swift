import Foundation
import HTTPTransport
import SeshTestSupport
import SessionKit
import Synchronization
import Testing

@testable import ChatModels
@testable import LocalEngine

@Suite(.timeLimit(.minutes(5)))
struct LocalModelTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let engine = LocalEngineConfiguration(
        environment: environment, homeDirectory: NSHomeDirectory(), userID: getuid(), idleSeconds: 5)
    private static var isInstalled: Bool { LocalEngineInstallation.find(engine) != nil }

    @Test(
        "the installed model answers, streamed and whole",
        .enabled(if: isInstalled, "The local model isn't installed here: run Scripts/install-local-model."))
    func answers() async throws {
        let catalog = ModelCatalog(
            providers: [:], environment: Self.environment, engine: Self.engine, onNotice: { _ in })
        let model = try catalog.model(for: ModelReference(provider: "local", model: nil))
        for streams in [true, false] {
            let request = ModelRequest(
                messages: [.init(role: .user, content: "Say hello.")], temperature: 0, maxTokens: 8, streams: streams)
            var text = ""
            var finish: FinishReason?
            var usage: TokenUsage?
            for try await event in model.respond(to: request) {
                switch event {
                case .text(let piece): text += piece
                case .reasoning, .answering: break
                case .usage(let count): usage = count
                case .finished(let reason): finish = reason
                }
            }
            #expect(!text.isEmpty)
            #expect(finish != nil)
            #expect((usage?.outputTokens ?? 0) > 0)
        }
    }

    @Test(
        "the engine's Messages API is understood too: an answer, streamed and whole, and a refusal for length",
        .enabled(if: isInstalled, "The local model isn't installed here: run Scripts/install-local-model."))
    func messages() async throws {
        let engine = try LocalEngine(Self.engine)
        try await engine.withEndpoint { endpoint in
            let provider = Provider(
                name: "test", api: .anthropicMessages, baseURL: "http://localhost", unixSocketPath: endpoint.socketPath)
            let call = WireCall(
                provider: provider, model: endpoint.modelName, format: AnthropicMessagesFormat(), client: HTTPClient(),
                keys: KeyRing(environment: [:], hiding: []))
            let model = RemoteModel(reference: ModelReference(provider: "test", model: nil), call: call)
            for streams in [true, false] {
                var events: [ModelEvent] = []
                let request = ModelRequest(
                    messages: [.init(role: .user, content: "Say hello.")], maxTokens: 8, streams: streams)
                for try await event in model.respond(to: request) { events.append(event) }
                #expect(events.contains { if case .text = $0 { true } else { false } })
                #expect(
                    events.contains { if case .usage(let usage) = $0 { usage.inputTokens ?? 0 > 0 } else { false } })
                #expect(events.contains { if case .finished = $0 { true } else { false } })
            }
            let long = Content(String(repeating: "one two three four ", count: 3000))
            let error = await #expect(throws: ModelError.self) {
                let request = ModelRequest(messages: [.init(role: .user, content: long)])
                for try await _ in model.respond(to: request) {}
            }
            #expect(error?.code == .tooLong)
        }
    }

    @Test(
        "the installed model tells its window, and refuses what is longer with numbers",
        .enabled(if: isInstalled, "The local model isn't installed here: run Scripts/install-local-model."))
    func refuses() async throws {
        let catalog = ModelCatalog(
            providers: [:], environment: Self.environment, engine: Self.engine, onNotice: { _ in })
        let model = try catalog.model(for: ModelReference(provider: "local", model: nil))
        #expect(await model.contextWindow(forTokens: 10) == nil, "a short request waits for nothing")
        #expect(
            await model.contextWindow(forTokens: 5000) == 8192, "16,384 are shared, but a slot has what was trained")
        #expect(await model.contextWindow(forTokens: 10) == 8192)
        let long = Content(String(repeating: "one two three four ", count: 3000))
        let error = await #expect(throws: ModelError.self) {
            let request = ModelRequest(messages: [.init(role: .user, content: long)])
            for try await _ in model.respond(to: request) {}
        }
        #expect(error?.code == .tooLong && error?.limit == 8192 && (error?.promptTokens ?? 0) > 8192)
    }

    private func reader(_ call: WireCall) -> LocalAnswerReader {
        LocalAnswerReader(
            open: { try await call.open(ModelRequest(messages: [])) },
            explain: { ModelError($0.code, "explained: \($0.message)") })
    }

    @Test("an engine that dies before the first word is asked once more")
    func asksAgain() async throws {
        let attempts = Mutex(0)
        let fixture = try RemoteModelFixture { _, connection in
            let attempt = attempts.withLock { count in
                count += 1
                return count
            }
            guard attempt > 1 else { return connection.close() }
            try connection.startChunks()
            try connection.sendChunk(RemoteModelFixture.piece("a") + RemoteModelFixture.end)
            try connection.endChunks()
        }
        let call = fixture.model().call
        let reader = reader(call)
        var events: [ModelEvent] = []
        while let event = try await reader.next() { events.append(event) }
        #expect(events == [.text("a"), .finished(.stop)])
        #expect(attempts.withLock { $0 } == 2)
    }

    @Test("an engine that dies after the first word is not asked again")
    func keepsWhatCame() async throws {
        let fixture = try RemoteModelFixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(RemoteModelFixture.piece("a"))
            connection.close()
        }
        let call = fixture.model().call
        let reader = reader(call)
        #expect(try await reader.next() == .text("a"))
        let error = await #expect(throws: ModelError.self) { try await reader.next() }
        #expect(error?.code == .cut)
        #expect(error?.message.hasPrefix("explained") == true)
        #expect(fixture.server.requests.count == 1)
    }

    @Test("an engine that dies every time is given up, with where its log is")
    func givesUp() async throws {
        try await LocalEngineFixture.use { fixture in
            // It answers every request with an empty page and closes: no answer, whoever asks.
            let catalog = ModelCatalog(
                providers: [:], environment: [:], engine: fixture.configuration, onNotice: { _ in })
            let path = fixture.directory.appending(path: "tiny.gguf").path
            let model = try catalog.model(for: ModelReference(provider: "local", model: path))
            let error = await #expect(throws: ModelError.self) {
                for try await _ in model.respond(to: ModelRequest(messages: [])) {}
            }
            #expect(error?.code == .cut)
            #expect(error?.message.contains(".log") == true)
            #expect(fixture.starts.count == 1)
        }
    }

    @Test("an engine is held while its answer is read and let go of afterwards", .thorough)
    func holds() async throws {
        try await LocalEngineFixture.use(idleSeconds: 3) { fixture in
            var hold: EngineHold? = try await EngineHold.take(try fixture.engine()) { _ in }
            let start = try #require(fixture.starts.first)
            let path = try #require(hold?.endpoint.socketPath)
            // Renewals are what keep it: two of them after the supervisor has taken the lease away.
            for _ in 0..<2 {
                try await fixture.eventually("the lease is taken") { fixture.runtimeFiles(".lease").isEmpty }
                try await fixture.eventually("the lease is renewed") { !fixture.runtimeFiles(".lease").isEmpty }
            }
            #expect(FileManager.default.fileExists(atPath: path))
            hold = nil
            try await fixture.eventually("the engine has ended") { kill(start.engine, 0) != 0 }
        }
    }
}
