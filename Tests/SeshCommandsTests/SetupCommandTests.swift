import Foundation
import SeshTestSupport
import Testing

@Suite("models, config and doctor")
struct SetupCommandTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    private static let list =
        #"{"data":[{"id":"big","context_length":163840,"pricing":{"prompt":"0.00000025","completion":"0.000001"}},{"id":"small"}]}"#

    /// The configuration of a provider at a loopback server.
    private func configure(_ server: LoopbackServer, _ more: String = "") throws -> [String: String] {
        let path = sandbox.root.appending(path: "config.json")
        let text =
            #"{"model":"work:big","providers":{"work":{"baseURL":"\#(server.url)/v1","keyVariable":"WORK_KEY"}}\#(more)}"#
        try Data(text.utf8).write(to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path.path)
        // No other service is to be asked.
        var environment = Dictionary(uniqueKeysWithValues: Canary.variables.map { ($0, "") })
        environment["SESH_CONFIG"] = path.path
        environment["WORK_KEY"] = "sk-canary-0123456789"
        environment["SESH_MODEL"] = ""
        return environment
    }

    private func listing() throws -> LoopbackServer {
        try LoopbackServer { request, connection in
            guard request.path == "/v1/models" else { return try connection.respond(404, body: "{}") }
            try connection.respond(headers: [("Content-Type", "application/json")], body: Self.list)
        }
    }

    @Test("models: windows and prices, the default marked, asked once a day, and -m knows them")
    func models() async throws {
        let server = try listing()
        let environment = try configure(server)
        let first = try await sandbox.run("models", environment: environment)
        #expect(first.status == 0, "\(first)")
        #expect(first.output.contains("work:big\t163840\t0.25\t1.0\tdefault\n"), "\(first)")
        #expect(first.output.contains("work:small\t-\t-\t-\t\n"))
        let json = try await sandbox.run("models", "--json", environment: environment)
        let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        let big = rows?.first { $0["reference"] as? String == "work:big" }
        #expect(big?["window"] as? Int == 163_840 && big?["default"] as? Bool == true)
        #expect(server.requests.count == 1, "the list is kept")
        _ = try await sandbox.run("models", "work", environment: environment)
        #expect(server.requests.count == 2, "a provider that is named is asked again")
        let wrong = try await sandbox.run("chat", "-m", "small", "hi", environment: environment)
        #expect(wrong.status == 78 && wrong.errors.contains("Did you mean work:small?"), "\(wrong)")
    }

    @Test("models: a service that can't be reached is named, and the others are listed")
    func unreachable() async throws {
        let server = try listing()
        var environment = try configure(server, #","maxSessions":9"#)
        environment["OPENAI_API_KEY"] = "sk-canary-openai"
        environment["OPENAI_BASE_URL"] = "http://127.0.0.1:9/v1"
        let run = try await sandbox.run("models", environment: environment)
        #expect(run.status == 0 && run.output.contains("work:big") && run.errors.contains("openai"), "\(run)")
        let named = try await sandbox.run("models", "openai", environment: environment)
        #expect(named.status == 69 && named.output.isEmpty, "\(named)")
    }

    @Test("config: each setting with its value and its source, and never a key")
    func config() async throws {
        let server = try listing()
        var environment = try configure(server, #","maxSessions":9"#)
        let path = try #require(environment["SESH_CONFIG"])
        let run = try await sandbox.run("config", environment: environment)
        #expect(run.status == 0 && run.output.contains("model\twork:big\t\(path)\n"), "\(run)")
        #expect(run.output.contains("maxSessions\t9\t\(path)\n") && run.output.contains("raw\tfalse\tdefault\n"))
        #expect(run.output.contains("key in WORK_KEY") && !run.output.contains("canary"))
        environment["SESH_MODEL"] = "echo"
        let other = try await sandbox.run("config", environment: environment)
        #expect(other.output.contains("model\techo\tSESH_MODEL\n"))
    }

    @Test("doctor: says what is amiss and how to mend it, and exits with 1 then")
    func doctor() async throws {
        let server = try listing()
        let environment = try configure(server)
        try await sandbox.run("chat", "-q", "-m", "echo", "-s", "a", "hi")
        let well = try await sandbox.run("doctor", environment: environment)
        #expect(well.status == 0 && well.output.contains("1 session can be read, locks work"), "\(well)")
        #expect(well.output.contains("work: 2 models") && !well.output.contains("canary"))
        try Data("no json".utf8).write(to: sandbox.sessions.appending(path: "b.json"))
        let bad = try await sandbox.run("doctor", environment: environment)
        #expect(bad.status == 1 && bad.output.contains("AMISS  files: 1 of 2 can't be read (b)"), "\(bad)")
        chmod(sandbox.sessions.path, 0o777)
        #expect(try await sandbox.run("doctor", environment: environment).output.contains("chmod 700"))
        let broken = try await sandbox.run("doctor", environment: ["SESH_CONFIG": "/nonexistent.json"])
        #expect(broken.status == 1 && broken.output.contains("AMISS  configuration"))
    }
}
