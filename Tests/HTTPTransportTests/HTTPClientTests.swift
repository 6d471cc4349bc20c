import SessionKitTesting
import Foundation
import HTTPTransport
import SeshTestSupport
import Testing

/// What an answer looks like to the one who asked.
struct HTTPClientTests {
    let client = HTTPClient()

    @Test func aPostArrivesWithItsHeadersAndBody() async throws {
        let server = try LoopbackServer { _, connection in try connection.respond(body: "fine") }
        let request = HTTPRequest(
            url: server.url + "/v1/chat?a=b", method: .post(Array(#"{"x":"é"}"#.utf8)),
            headers: [HTTPField("Content-Type", "application/json"), HTTPField("X-Empty", "")])
        let response = try await client.send(request)
        #expect(response.status == 200)
        #expect(try await response.body.text() == "fine")
        let received = try #require(server.requests.first)
        #expect(received.method == "POST")
        #expect(received.path == "/v1/chat?a=b")
        #expect(received.text == #"{"x":"é"}"#)
        #expect(received.header("content-type") == "application/json")
        #expect(received.header("x-empty") == "")
        #expect(received.header("accept-encoding") == "identity")
        #expect(received.header("expect") == nil)
    }

    @Test func anEmptyPostIsAPost() async throws {
        let server = try LoopbackServer { _, connection in try connection.respond() }
        _ = try await client.send(HTTPRequest(url: server.url + "/", method: .post([])))
        #expect(server.requests.first?.method == "POST")
        #expect(server.requests.first?.header("content-length") == "0")
    }

    @Test func aGetHasNoBody() async throws {
        let server = try LoopbackServer { _, connection in try connection.respond() }
        _ = try await client.send(HTTPRequest(url: server.url + "/health"))
        #expect(server.requests.first?.method == "GET")
        #expect(server.requests.first?.header("content-length") == nil)
    }

    @Test func theBodyStreamsWhileTheServerStillWrites() async throws {
        let firstWasRead = Gate()
        let server = try LoopbackServer { _, connection in
            try connection.startChunks()
            try connection.sendChunk("one")
            firstWasRead.wait()
            try connection.sendChunk("two")
            try connection.endChunks()
        }
        let response = try await client.send(HTTPRequest(url: server.url + "/"))
        var iterator = response.body.makeAsyncIterator()
        #expect(try await iterator.next() == Array("one".utf8))
        firstWasRead.open()
        var rest: [UInt8] = []
        while let chunk = try await iterator.next() { rest += chunk }
        #expect(rest == Array("two".utf8))
    }

    @Test func anErrorStatusIsAnAnswerLikeAnyOther() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.respond(429, headers: [("Retry-After", " 7 ")], body: "slow down")
        }
        let response = try await client.send(HTTPRequest(url: server.url + "/"))
        #expect(response.status == 429)
        #expect(response.header("retry-after") == "7")
        #expect(try await response.body.text() == "slow down")
    }

    @Test func interimAnswersAreSkipped() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.send("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
            try connection.respond(201, headers: [("X-Final", "yes")])
        }
        let response = try await client.send(HTTPRequest(url: server.url + "/"))
        #expect(response.status == 201)
        #expect(response.header("link") == nil)
        #expect(response.header("x-final") == "yes")
    }

    @Test func requestsShareAConnection() async throws {
        let server = try LoopbackServer { _, connection in try connection.respond(body: "again") }
        for _ in 0..<5 {
            #expect(try await client.send(HTTPRequest(url: server.url + "/")).body.text() == "again")
        }
        #expect(server.requests.count == 5)
        #expect(server.connectionCount == 1)
    }

    @Test func aConnectionThatTheServerClosedMeanwhileIsReplaced() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.respond(body: "bye")
            connection.close()
        }
        for _ in 0..<3 {
            let request = HTTPRequest(url: server.url + "/", method: .post(Array("x".utf8)))
            #expect(try await client.send(request).body.text() == "bye")
        }
        #expect(server.connectionCount == 3)
    }

    @Test func requestsRunSideBySide() async throws {
        let bothArrived = Gate()
        let server = try LoopbackServer { request, connection in
            if request.path == "/second" { bothArrived.open() }
            bothArrived.wait()
            try connection.respond(body: request.path)
        }
        async let first = client.send(HTTPRequest(url: server.url + "/first")).body.text()
        async let second = client.send(HTTPRequest(url: server.url + "/second")).body.text()
        #expect(try await first == "/first")
        #expect(try await second == "/second")
    }

    @Test func aUnixSocketWorksLikeAHost() async throws {
        let directory = try SocketDirectory()
        let server = try LoopbackServer(unixSocketPath: directory.path + "/s") { request, connection in
            try connection.respond(body: request.path)
        }
        let request = HTTPRequest(url: server.url + "/v1/models", unixSocketPath: directory.path + "/s")
        #expect(try await client.send(request).body.text() == "/v1/models")
    }

    @Test func localhostAndOtherLoopbackAddressesNeedNoLeave() async throws {
        let server = try LoopbackServer { _, connection in try connection.respond(body: "here") }
        guard case .tcp(let port) = server.address else { return }
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "0x7f.1"] {
            let response = try await client.send(HTTPRequest(url: "http://\(host):\(port)/"))
            #expect(try await response.body.text() == "here")
        }
    }

    @Test func aSlowReaderHoldsTheServerBack() async throws {
        let size = 64 * 1024 * 1024
        let allSent = Gate()
        let server = try LoopbackServer { _, connection in
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
            let piece = [UInt8](repeating: 7, count: 1024 * 1024)
            for _ in 0..<(size / piece.count) { try connection.send(piece) }
            allSent.open()
        }
        let response = try await client.send(HTTPRequest(url: server.url + "/"))
        var count = 0
        var largest = 0
        for try await chunk in response.body {
            count += chunk.count
            largest = max(largest, chunk.count)
        }
        #expect(count == size)
        #expect(largest < 1024 * 1024)
        await allSent.opened()
    }
}
