import SeshTestSupport
import SessionKit
import Synchronization
import Testing

@testable import ChatModels

@Suite("A request that failed for a moment")
struct RetryingTests {
    private final class Waits: Sendable {
        let all = Mutex<[Duration]>([])
        let notices = Mutex<[String]>([])
    }

    private func ask(
        _ answers: [(status: Int, headers: [(String, String)])], policy: RetryPolicy = .automatic
    ) async throws -> (events: [ModelEvent], error: ModelError?, waits: [Duration], notices: [String], requests: Int) {
        let left = Mutex(answers)
        let fixture = try RemoteModelFixture { _, connection in
            let next = left.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            guard let next else {
                try connection.startChunks()
                try connection.sendChunk(RemoteModelFixture.piece("Hello") + RemoteModelFixture.end)
                return try connection.endChunks()
            }
            try connection.respond(next.status, headers: next.headers, body: #"{"error":{"message":"busy"}}"#)
        }
        let waits = Waits()
        var model = fixture.model()
        model.retrying = Retrying(
            policy: policy, notice: { text in waits.notices.withLock { $0.append(text) } },
            sleep: { time in waits.all.withLock { $0.append(time) } }, random: { 0.5 })
        var events: [ModelEvent] = []
        var failure: ModelError?
        do {
            for try await event in model.respond(to: ModelRequest(messages: [])) { events.append(event) }
        } catch let error as ModelError {
            failure = error
        }
        return (
            events, failure, waits.all.withLock { $0 }, waits.notices.withLock { $0 }, fixture.server.requests.count
        )
    }

    @Test("is sent again, three tries in all, with a notice each time", arguments: [429, 502, 503, 504, 529])
    func isSentAgain(_ status: Int) async throws {
        let twice = try await ask([(status, []), (status, [])])
        #expect(twice.events.first == .text("Hello") && twice.error == nil && twice.requests == 3)
        #expect(twice.waits == [.seconds(0.5), .seconds(1)], "half of a time that doubles")
        #expect(twice.notices.count == 2 && twice.notices[1].contains("Trying again in 1 s (3 of 3)."))
        let thrice = try await ask([(status, []), (status, []), (status, [])])
        #expect(thrice.requests == 3 && thrice.error != nil && thrice.notices.count == 2)
    }

    @Test func `waits as long as the service asks, up to a minute`() async throws {
        let short = try await ask([(429, [("Retry-After", "7")])])
        #expect(short.waits == [.seconds(7)] && short.error == nil)
        let long = try await ask([(429, [("Retry-After", "3600")])])
        #expect(long.waits.isEmpty && long.requests == 1)
        #expect(long.error?.code == .rateLimited && long.error?.retryAfter == .seconds(3600))
    }

    @Test("is not sent again where that would not help, or is not wanted", arguments: [400, 401, 404, 500])
    func isNotSentAgain(_ status: Int) async throws {
        #expect(try await ask([(status, [])]).requests == 1)
        #expect(try await ask([(503, [])], policy: .never).requests == 1)
    }

    @Test func `is not sent again once a word of the answer has come`() async throws {
        let fixture = try RemoteModelFixture { _, connection in
            try connection.startChunks()
            try connection.sendChunk(RemoteModelFixture.piece("Hel"))
            connection.close()
        }
        var model = fixture.model()
        model.retrying = Retrying(policy: .automatic, sleep: { _ in Issue.record("it waited") })
        var events: [ModelEvent] = []
        let error = await #expect(throws: ModelError.self) {
            for try await event in model.respond(to: ModelRequest(messages: [])) { events.append(event) }
        }
        #expect(events == [.text("Hel")] && error?.code == .cut && fixture.server.requests.count == 1)
    }
}
