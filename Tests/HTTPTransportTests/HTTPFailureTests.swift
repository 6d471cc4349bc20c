import Foundation
import SeshTestSupport
import Testing

@testable import HTTPTransport

/// How a request fails: with a code to act on and a message that says where, and no secret.
struct HTTPFailureTests {
    let client = HTTPClient()

    /// The error that a request ends with, or nil when it succeeds.
    private func failure(_ request: HTTPRequest) async -> HTTPError? {
        do throws(HTTPError) {
            let response = try await client.send(request)
            var body = response.body.makeAsyncIterator()
            while try await body.next(isolation: nil) != nil {}
            return nil
        } catch {
            return error
        }
    }

    @Test func nothingListeningIsUnreachable() async throws {
        let server = try LoopbackServer { _, _ in }
        let url = server.url
        server.stop()
        let error = try #require(await failure(HTTPRequest(url: url + "/secret-path?key=hidden")))
        #expect(error.code == .unreachable)
        #expect(error.message.contains(url.dropFirst("http://".count)))
        #expect(!error.description.contains("hidden"))
    }

    @Test func aMissingSocketIsUnreachableAndNamed() async throws {
        let directory = try SocketDirectory()
        let path = directory.path + "/none"
        let error = try #require(await failure(HTTPRequest(url: "http://localhost/", unixSocketPath: path)))
        #expect(error.code == .unreachable)
        #expect(error.message.contains(path))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func aRedirectIsRefusedAndNamesItsTarget(status: Int) async throws {
        let elsewhere = try LoopbackServer { _, connection in try connection.respond() }
        let server = try LoopbackServer { _, connection in
            try connection.respond(status, headers: [("Location", elsewhere.url + "/?token=hidden")])
        }
        var request = HTTPRequest(url: server.url + "/")
        request.headers = [HTTPField("Authorization", "Bearer key")]
        let error = try #require(await failure(request))
        #expect(error.code == .redirectRefused)
        #expect(error.message.contains("127.0.0.1"))
        #expect(!error.description.contains("hidden"))
        #expect(elsewhere.requests.isEmpty)
    }

    @Test func aRedirectToAnotherHostNamesThatHost() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.respond(308, headers: [("Location", "https://user:word@api.example/v2")])
        }
        let error = try #require(await failure(HTTPRequest(url: server.url + "/")))
        #expect(error.message.contains("api.example"))
        #expect(!error.description.contains("word"))
    }

    @Test(arguments: [
        "http://192.0.2.1/", "http://example.invalid/", "http://localhost.example/", "http://[2001:db8::1]/",
        "http://127.0.0.1.example/", "http://0.0.0.0/", "http://128.0.0.1/",
    ])
    func plainHTTPToAnotherHostIsRefusedAndSaysHowToAllowIt(url: String) async throws {
        let error = try #require(await failure(HTTPRequest(url: url)))
        #expect(error.code == .insecureRefused)
        #expect(error.message.contains("allowInsecure"))
    }

    @Test(arguments: [
        "ftp://localhost/", "file:///etc/passwd", "localhost:80", "", "http://", "http://a b/", "https://[::1/",
        "http://user:secret@localhost/", "https://secret@localhost/",
    ])
    func whatIsNotAPlainWebAddressIsRefusedWithoutShowingIt(url: String) async throws {
        let error = try #require(await failure(HTTPRequest(url: url)))
        #expect(error.code == .invalidRequest)
        #expect(!error.description.contains("secret"))
    }

    @Test(arguments: ["key\r\nX-Injected: 1", "key\n", "key\r", "key\u{0}", "key\u{1B}[0m", "key\u{7F}"])
    func aHeaderValueWithControlCharactersIsRefusedWithoutShowingIt(value: String) async throws {
        let server = try LoopbackServer { _, connection in try connection.respond() }
        let request = HTTPRequest(url: server.url + "/", headers: [HTTPField("Authorization", value)])
        let error = try #require(await failure(request))
        #expect(error.code == .invalidRequest)
        #expect(error.message.contains("Authorization"))
        #expect(!error.description.contains("key\(value.dropFirst(3))"))
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: ["", "A B", "A:B", "Ä", "A\r\nB"])
    func aHeaderNameThatHTTPDoesNotAllowIsRefused(name: String) async throws {
        let error = try #require(await failure(HTTPRequest(url: "http://localhost/", headers: [HTTPField(name, "x")])))
        #expect(error.code == .invalidRequest)
    }

    @Test func aHeaderFieldDoesNotShowItsValueWhenItIsPrinted() {
        let request = HTTPRequest(url: "https://localhost/", headers: [HTTPField("Authorization", "Bearer hidden")])
        var dumped = ""
        dump(request, to: &dumped)
        #expect(!"\(request) \(dumped)".contains("hidden"))
    }

    @Test func aBodyThatEndsTooSoonKeepsWhatCameAndFails() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.startChunks()
            try connection.sendChunk("half")
            connection.close()
        }
        let response = try await client.send(HTTPRequest(url: server.url + "/"))
        var body = response.body.makeAsyncIterator()
        #expect(try await body.next() == Array("half".utf8))
        let error = await #expect(throws: HTTPError.self) { try await body.next() }
        #expect(error?.code == .connectionLost)
    }

    @Test func aResetConnectionIsLost() async throws {
        let server = try LoopbackServer { _, connection in connection.reset() }
        #expect(await failure(HTTPRequest(url: server.url + "/"))?.code == .connectionLost)
    }

    @Test func anAnswerThatIsNotHTTPIsMalformed() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.send("SSH-2.0-OpenSSH_9.2\r\n")
            connection.close()
        }
        #expect(await failure(HTTPRequest(url: server.url + "/"))?.code == .malformedResponse)
    }

    @Test func aHeadWithoutEndIsMalformed() async throws {
        let server = try LoopbackServer { _, connection in
            try connection.send("HTTP/1.1 200 OK\r\n")
            let line = "X-Filler: " + String(repeating: "x", count: 1000) + "\r\n"
            while true { try connection.send(line) }
        }
        #expect(await failure(HTTPRequest(url: server.url + "/"))?.code == .malformedResponse)
    }

    @Test func aMissingLibraryIsNamedWithTheWayToGetIt() throws {
        let error = try #require(throws: HTTPError.self) { try CurlLibrary.load(names: ["libcurl-absent.so.4"]) }
        #expect(error.code == .libraryMissing)
        #expect(error.message.contains("apt-get install"))
        #expect(error.cause?.contains("libcurl-absent.so.4") == true)
    }
}
