import Foundation
import SeshTestSupport
import SessionKit
import Testing

@testable import ChatModels

@Suite(.timeLimit(.minutes(1)))
struct RemoteModelErrorTests {
    private typealias Fixture = RemoteModelFixture

    @Test(
        "each status has its meaning, its words are shown, and the key in them is not",
        arguments: [
            (400, ModelError.Code.rejected), (401, .refusedCredentials), (402, .refusedCredentials),
            (403, .refusedCredentials), (404, .unknownModel), (405, .configuration), (408, .timedOut), (413, .tooLong),
            (422, .rejected), (429, .rateLimited), (500, .serviceFailed), (503, .serviceFailed), (504, .timedOut),
            (529, .serviceFailed),
        ])
    func statuses(status: Int, code: ModelError.Code) async throws {
        let fixture = try Fixture { _, connection in
            try connection.respond(
                status, headers: [("Content-Type", "application/json")],
                body: #"{"error":{"message":"It was \#(Fixture.key), see","type":"t"}}"#)
        }
        let error = try #require(await fixture.ask().error as? ModelError)
        #expect(error.code == code)
        #expect(error.description.contains("It was [key], see"))
        #expect(error.description.contains("\(status)"))
        #expect(!"\(error)".contains("canary") && !String(reflecting: error).contains("canary"))
    }

    @Test(
        "a report is read in every usual shape",
        arguments: [
            #"{"error":"gone wrong"}"#, #"{"error":{"message":"gone wrong","code":400}}"#, #"{"message":"gone wrong"}"#,
            #"{"object":"error","message":{"detail":[{"type":"x","msg":"gone wrong"}]}}"#,
            #"{"detail":[{"loc":["body"],"msg":"gone wrong"}]}"#, "gone\n wrong\u{7}".replacing("\u{7}", with: ""),
        ])
    func shapes(body: String) async throws {
        let fixture = try Fixture { _, connection in try connection.respond(400, body: body) }
        let error = try #require(await fixture.ask().error as? ModelError)
        #expect(error.message == "test rejected the request (HTTP 400): gone wrong.")
    }

    @Test("a page in place of a report is not shown, and endless words are cut")
    func longWords() async throws {
        let page = try Fixture { _, connection in
            try connection.respond(502, headers: [("Content-Type", "text/html")], body: "<html>Bad gateway</html>")
        }
        #expect((await page.ask().error as? ModelError)?.message == "test failed (HTTP 502). Try again later.")
        let long = try Fixture { _, connection in
            try connection.respond(500, body: String(repeating: "long ", count: 100_000))
        }
        let message = try #require((await long.ask().error as? ModelError)?.message)
        #expect(message.count < 600)
    }

    @Test("a rate limit tells how long to wait")
    func rateLimit() async throws {
        let fixture = try Fixture { _, connection in try connection.respond(429, headers: [("Retry-After", "7")]) }
        let error = try #require(await fixture.ask().error as? ModelError)
        #expect(error.code == .rateLimited)
        #expect(error.retryAfter == .seconds(7))
    }

    @Test("a model that does not exist and an address that does not are told apart")
    func notFound() async throws {
        let model = try Fixture { _, connection in
            try connection.respond(404, body: #"{"error":{"message":"not found","code":"model_not_found"}}"#)
        }
        #expect((await model.ask().error as? ModelError)?.message.contains("test has no model m") == true)
        let address = try Fixture { _, connection in try connection.respond(404, body: "404 page not there") }
        let message = (await address.ask().error as? ModelError)?.message ?? ""
        #expect(message.contains("/v1/chat/completions"))
    }

    @Test("a conversation that is too long is said to be so")
    func tooLong() async throws {
        let fixture = try Fixture { _, connection in
            try connection.respond(400, body: #"{"error":{"message":"8193 tokens","code":"context_length_exceeded"}}"#)
        }
        let error = try #require(await fixture.ask().error as? ModelError)
        #expect(error.code == .tooLong)
        #expect(error.message.contains("longer than m can take"))
    }

    @Test(
        "an error in the middle of a stream means what it would have meant at the start",
        arguments: [
            (#"{"message":"slow down","type":"rate_limit_error"}"#, ModelError.Code.rateLimited),
            (#"{"message":"no","code":401}"#, .refusedCredentials), (#"{"message":"oh"}"#, .serviceFailed),
            (#"{"message":"no","type":"invalid_request_error"}"#, .rejected),
        ])
    func errorInTheMiddle(report: String, code: ModelError.Code) async throws {
        let fixture = try Fixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(Fixture.piece("a") + "data: {\"error\":\(report)}\n\n")
            try connection.endChunks()
        }
        let result = await fixture.ask()
        #expect(result.events == [.text("a")])
        #expect((result.error as? ModelError)?.code == code)
    }

    @Test("a redirect is refused and the key does not travel")
    func redirect() async throws {
        let other = try LoopbackServer { _, connection in try connection.respond() }
        let target = other.url
        let fixture = try Fixture { _, connection in
            try connection.respond(307, headers: [("Location", "\(target)/?k=\(Fixture.key)")])
        }
        let error = try #require(await fixture.ask().error as? ModelError)
        #expect(error.code == .unreachable)
        #expect(!"\(error)".contains("canary"))
        #expect(other.connectionCount == 0)
    }

    @Test("a port where nothing listens is unreachable")
    func refused() async throws {
        var fixture = try Fixture { _, _ in }
        fixture.server.stop()
        #expect((await fixture.ask().error as? ModelError)?.code == .unreachable)
        fixture.provider.baseURL = "http://192.0.2.1/v1"
        let error = try #require(await fixture.ask().error as? ModelError)
        #expect(error.code == .configuration)
        #expect(error.message.contains("\"allowInsecure\": true"))
    }
}
