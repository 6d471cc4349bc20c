import SessionKitTesting
import Foundation
import SeshTestSupport
import SessionKit
import Testing

@testable import ChatModels

@Suite(.timeLimit(.minutes(1)))
struct RemoteModelTests {
    private typealias Fixture = RemoteModelFixture

    @Test("a streamed answer arrives piece by piece, and the request carries model and key")
    func streams() async throws {
        let fixture = try Fixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(Fixture.piece("Hel") + Fixture.piece("lo"))
            try connection.sendChunk(Fixture.end)
            try connection.endChunks()
        }
        let result = await fixture.ask()
        #expect(result.events == [.text("Hel"), .text("lo"), .finished(.stop)])
        #expect(result.error == nil)
        let request = try #require(fixture.server.requests.first)
        #expect(request.method == "POST")
        #expect(request.path == "/v1/chat/completions")
        #expect(request.header("Authorization") == "Bearer \(Fixture.key)")
        #expect(request.header("Content-Type") == "application/json")
    }

    @Test("Messages are asked with their own header fields")
    func anthropicFields() async throws {
        let fixture = try Fixture(api: .anthropicMessages) { _, connection in
            try connection.respond(
                headers: [("Content-Type", "application/json")],
                body: #"{"content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}"#)
        }
        #expect(await fixture.ask().events == [.text("Hi"), .finished(.stop)])
        let request = try #require(fixture.server.requests.first)
        #expect(request.path == "/v1/v1/messages")
        #expect(request.header("x-api-key") == Fixture.key)
        #expect(request.header("anthropic-version") == "2023-06-01")
        #expect(request.header("Authorization") == nil)
    }

    @Test("a provider's own header fields are sent, in place of the API's of the same name")
    func ownFields() async throws {
        var fixture = try Fixture { _, connection in try connection.respond(500) }
        fixture.provider.headers = ["X-Title": "sesh", "user-agent": "mine"]
        _ = await fixture.ask()
        let request = try #require(fixture.server.requests.first)
        #expect(request.header("X-Title") == "sesh")
        #expect(request.headers.filter { $0.name.lowercased() == "user-agent" }.map(\.value) == ["mine"])
    }

    @Test("a key goes into the header field that the provider names and no other, and is shown to nobody")
    func keyHeader() async throws {
        for api in [WireAPI.openAIChat, .anthropicMessages] {
            var fixture = try Fixture(api: api) { request, connection in
                try connection.respond(400, body: "no: " + (request.header("api-key") ?? ""))
            }
            fixture.provider.keyHeader = "api-key"
            let error = await fixture.ask().error
            let request = try #require(fixture.server.requests.first)
            #expect(request.header("api-key") == Fixture.key)
            #expect(request.headers.filter { $0.value.contains(Fixture.key) }.count == 1)
            #expect("\(try #require(error))".contains("no: [key]"), "\(String(describing: error))")
        }
    }

    @Test("a service is asked through its UNIX socket")
    func unixSocket() async throws {
        // A short name: a socket's whole path must fit in 104 bytes.
        let path = FileManager.default.temporaryDirectory.path + "/cm-\(UInt32.random(in: 0 ... .max))"
        defer { unlink(path) }
        let server = try LoopbackServer(unixSocketPath: path) { _, connection in
            try connection.respond(
                headers: [("Content-Type", "text/event-stream")], body: Fixture.piece("a") + Fixture.end)
        }
        var fixture = try Fixture { _, _ in }
        fixture.provider.baseURL = "http://localhost/v1"
        fixture.provider.unixSocketPath = path
        #expect(await fixture.ask().events == [.text("a"), .finished(.stop)])
        #expect(server.requests.map(\.path) == ["/v1/chat/completions"])
    }

    @Test("nothing is sent before the first event is asked for")
    func startsOnDemand() async throws {
        let fixture = try Fixture { _, connection in try connection.respond(500) }
        let stream = fixture.model().respond(to: ModelRequest(messages: []))
        #expect(fixture.server.connectionCount == 0)
        var iterator = stream.makeAsyncIterator()
        _ = try? await iterator.next()
        #expect(fixture.server.connectionCount == 1)
    }

    @Test("a JSON answer to a request for a stream is taken", arguments: [true, false])
    func takesDocument(streams: Bool) async throws {
        let fixture = try Fixture { _, connection in
            try connection.respond(
                headers: [("Content-Type", "application/json; charset=utf-8")],
                body: #"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#)
        }
        #expect(await fixture.ask(streams: streams).events == [.text("Hi"), .finished(.stop)])
    }

    @Test(
        "an answer that is a page or of an unknown type is refused by name",
        arguments: [
            ("text/html", "HTML page"), ("application/x-ndjson", "application/x-ndjson"),
        ])
    func wrongType(type: String, named: String) async throws {
        let fixture = try Fixture { _, connection in
            try connection.respond(headers: [("Content-Type", type)], body: "<html>log in</html>")
        }
        let error = try #require(await fixture.ask().error as? ModelError)
        #expect(error.code == .badAnswer)
        #expect(error.message.contains(named))
    }

    @Test("a connection cut in the middle keeps what came and says so")
    func cut() async throws {
        let fixture = try Fixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(Fixture.piece("Hel"))
            connection.close()
        }
        let result = await fixture.ask()
        #expect(result.events == [.text("Hel")])
        #expect((result.error as? ModelError)?.code == .cut)
    }

    @Test("a connection cut after the finish reason is a whole answer")
    func cutAfterFinish() async throws {
        let fixture = try Fixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(#"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"# + "\n\n")
            connection.close()
        }
        let result = await fixture.ask()
        #expect(result.events == [.text("a"), .finished(.stop)])
        #expect(result.error == nil)
    }

    @Test("a server that stays open after [DONE] keeps nobody waiting")
    func doneIsTheEnd() async throws {
        let fixture = try Fixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(Fixture.piece("a") + Fixture.end)
            connection.waitUntilClientCloses()
        }
        #expect(await fixture.ask().events == [.text("a"), .finished(.stop)])
    }

    @Test("turns share a connection")
    func keepsConnection() async throws {
        let fixture = try Fixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(Fixture.piece("a") + Fixture.end)
            try connection.endChunks()
        }
        let model = fixture.model()
        for _ in 0..<3 {
            for try await _ in model.respond(to: ModelRequest(messages: [])) {}
        }
        #expect(fixture.server.requests.count == 3)
        #expect(fixture.server.connectionCount == 1)
    }

    @Test("a server that says nothing is a time-out, and so is one that stops talking", arguments: [false, true])
    func timesOut(talksFirst: Bool) async throws {
        var fixture = try Fixture { _, connection in
            if talksFirst {
                try connection.startChunks()
                try connection.sendChunk(Fixture.piece("a"))
            }
            connection.waitUntilClientCloses()
        }
        fixture.provider.timeouts = ProviderTimeouts(
            firstByte: .milliseconds(talksFirst ? 20_000 : 100), idle: .milliseconds(100))
        let result = await fixture.ask()
        #expect(result.events == (talksFirst ? [.text("a")] : []))
        #expect((result.error as? ModelError)?.code == .timedOut)
    }

    @Test("cancelling the reader ends the request")
    func cancels() async throws {
        let (arrived, closed) = (Gate(), Gate())
        let fixture = try Fixture { _, connection in
            arrived.open()
            connection.waitUntilClientCloses()
            closed.open()
        }
        let task = Task { await fixture.ask() }
        await arrived.opened()
        task.cancel()
        await closed.opened()
        #expect(await task.value.events.isEmpty)
    }

    @Test("an answer that grows past the limit is stopped")
    func limit() async throws {
        let fixture = try Fixture { _, connection in
            try connection.startChunks()
            while true { try connection.sendChunk(Fixture.piece("0123456789")) }
        }
        let result = await fixture.ask(limits: AnswerLimits(answer: 1000))
        #expect(result.events.count == 100)
        #expect((result.error as? ModelError)?.code == .badAnswer)
    }
}
