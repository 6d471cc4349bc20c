import SessionKitTesting
import HTTPTransport
import SeshTestSupport
import Testing

/// Time-outs and cancellation: nobody waits longer than they asked to.
struct HTTPLimitTests {
    let client = HTTPClient()

    @Test func noFirstByteInTimeEndsTheRequest() async throws {
        let server = try LoopbackServer { _, connection in connection.waitUntilClientCloses() }
        var request = HTTPRequest(url: server.url + "/")
        request.firstByteTimeout = .milliseconds(50)
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.code == .firstByteTimedOut)
    }

    @Test func aHeadAloneIsNoFirstByte() async throws {
        let clientLeft = Gate()
        let server = try LoopbackServer { _, connection in
            try connection.startChunks()
            connection.waitUntilClientCloses()
            clientLeft.open()
        }
        var request = HTTPRequest(url: server.url + "/")
        request.firstByteTimeout = .milliseconds(50)
        request.idleTimeout = .seconds(60)
        let error = await #expect(throws: HTTPError.self) { try await client.send(request).body.text() }
        #expect(error?.code == .firstByteTimedOut)
        await clientLeft.opened()
    }

    @Test func aBodyThatStopsIsEndedAfterTheIdleTime() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.startChunks()
            try connection.sendChunk("begun")
            connection.waitUntilClientCloses()
        }
        var request = HTTPRequest(url: server.url + "/")
        request.idleTimeout = .milliseconds(50)
        var body = try await client.send(request).body.makeAsyncIterator()
        #expect(try await body.next() == Array("begun".utf8))
        let error = await #expect(throws: HTTPError.self) { try await body.next() }
        #expect(error?.code == .idleTimedOut)
    }

    @Test func timeInWhichNobodyReadsDoesNotCount() async throws {
        let size = 1024 * 1024
        let server = try LoopbackServer { _, connection in
            try connection.respond(body: String(repeating: "x", count: size))
        }
        var request = HTTPRequest(url: server.url + "/")
        request.idleTimeout = .milliseconds(300)
        let response = try await client.send(request)
        // Longer than the limit, so that the transfer would be ended if the pause counted.
        try await Task.sleep(for: .milliseconds(600))
        #expect(try await response.body.text().utf8.count == size)
    }

    @Test func aServerThatDoesNotFinishTheHandshakeTimesOut() async throws {
        let server = try LoopbackServer { _, connection in connection.waitUntilClientCloses() }
        guard case .tcp(let port) = server.address else { return }
        var request = HTTPRequest(url: "https://127.0.0.1:\(port)/")
        request.connectTimeout = .milliseconds(50)
        let error = await #expect(throws: HTTPError.self) { try await client.send(request) }
        #expect(error?.code == .connectTimedOut)
    }

    @Test func cancellingWhileNothingHasComeEndsTheTransfer() async throws {
        let arrived = Gate()
        let clientLeft = Gate()
        let server = try LoopbackServer { _, connection in
            arrived.open()
            connection.waitUntilClientCloses()
            clientLeft.open()
        }
        let url = server.url
        let task = Task { [client] in try await client.send(HTTPRequest(url: url + "/")).status }
        await arrived.opened()
        task.cancel()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        await clientLeft.opened()
    }

    @Test func cancellingInTheMiddleOfABodyEndsTheTransfer() async throws {
        let firstWasRead = Gate()
        let clientLeft = Gate()
        let server = try LoopbackServer { _, connection in
            try connection.startChunks()
            try connection.sendChunk("begun")
            connection.waitUntilClientCloses()
            clientLeft.open()
        }
        let url = server.url
        let task = Task { [client] in
            for try await _ in try await client.send(HTTPRequest(url: url + "/")).body { firstWasRead.open() }
        }
        await firstWasRead.opened()
        task.cancel()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        await clientLeft.opened()
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        let server = try LoopbackServer { _, connection in try connection.respond() }
        let url = server.url
        let mayGoOn = Gate()
        let task = Task { [client] in
            await mayGoOn.opened()
            return try await client.send(HTTPRequest(url: url + "/")).status
        }
        task.cancel()
        mayGoOn.open()
        let error = await #expect(throws: HTTPError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        // The next request is answered on the first connection: none was made for the cancelled one.
        _ = try await client.send(HTTPRequest(url: url + "/next"))
        #expect(server.requests.map(\.path) == ["/next"])
    }

    @Test func lettingGoOfAnAnswerEndsTheTransfer() async throws {
        let clientLeft = Gate()
        let server = try LoopbackServer { _, connection in
            try connection.startChunks()
            connection.waitUntilClientCloses()
            clientLeft.open()
        }
        _ = try await client.send(HTTPRequest(url: server.url + "/")).status
        await clientLeft.opened()
    }

    @Test func lettingGoOfTheClientEndsItsTransfers() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.startChunks()
            connection.waitUntilClientCloses()
        }
        var shortLived: HTTPClient? = HTTPClient()
        let response = try #require(try await shortLived?.send(HTTPRequest(url: server.url + "/")))
        shortLived = nil
        let error = await #expect(throws: HTTPError.self) { try await response.body.text() }
        #expect(error?.code == .cancelled)
    }
}
