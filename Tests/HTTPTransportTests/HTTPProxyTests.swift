import Foundation
import HTTPTransport
import SeshTestSupport
import Testing

/// What goes through the proxy that the environment names.
///
/// Each runs in a process of its own, because the environment belongs to the whole process.
struct HTTPProxyTests {
    @Test func loopbackAndSocketsNeverGoThroughAProxy() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer { _, connection in try connection.respond(502) }
            for name in ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
                setenv(name, proxy.url, 1)
            }
            let directory = try SocketDirectory()
            let server = try LoopbackServer { _, connection in try connection.respond(body: "direct") }
            let socketServer = try LoopbackServer(unixSocketPath: directory.path + "/s") { _, connection in
                try connection.respond(body: "direct")
            }
            let client = HTTPClient()
            let overTCP = try await client.send(HTTPRequest(url: server.url + "/"))
            let overSocket = try await client.send(
                HTTPRequest(url: socketServer.url + "/", unixSocketPath: directory.path + "/s"))
            #expect(try await overTCP.body.text() == "direct")
            #expect(try await overSocket.body.text() == "direct")
            #expect(proxy.requests.isEmpty)
        }
    }

    @Test func httpsGoesThroughTheProxyWithoutShowingItTheKey() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer { _, connection in try connection.respond(403) }
            setenv("https_proxy", proxy.url, 1)
            let request = HTTPRequest(
                url: "https://api.example/v1", headers: [HTTPField("Authorization", "Bearer key")])
            let error = await #expect(throws: HTTPError.self) { try await HTTPClient().send(request) }
            #expect(error?.code == .proxyFailed)
            let asked = try #require(proxy.requests.first)
            #expect(asked.method == "CONNECT")
            #expect(asked.path == "api.example:443")
            #expect(asked.header("Authorization") == nil)
        }
    }

    @Test func plainHTTPToAnAllowedHostGoesThroughNoProxy() async {
        await #expect(processExitsWith: .success) {
            let proxy = try LoopbackServer { _, connection in try connection.respond(502) }
            setenv("http_proxy", proxy.url, 1)
            let server = try LoopbackServer { _, connection in try connection.respond(body: "direct") }
            // Not a loopback address by its name, and yet this machine.
            let url = server.url.replacing("127.0.0.1", with: "0.0.0.0")
            var request = HTTPRequest(url: url + "/", headers: [HTTPField("Authorization", "Bearer key")])
            request.allowsInsecureHTTP = true
            #expect(try await HTTPClient().send(request).body.text() == "direct")
            #expect(proxy.requests.isEmpty)
        }
    }
}
