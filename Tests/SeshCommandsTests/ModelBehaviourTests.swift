import Foundation
import SeshTestSupport
import Synchronization
import Testing

@Suite("What a service is asked, and what is made of its answers")
struct ModelBehaviourTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    private static let schema = #"{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}"#

    @Test("--param: sent as it is and kept in the session; what is no JSON or set otherwise is refused")
    func parameters() async throws {
        let server = try ChatServer(answering: { _ in "ok" })
        let run = try await sandbox.run(
            "chat", "-q", "-s", "a", "--param", "top_p=0.90", "--param", #"stop=["END"]"#, "x",
            environment: server.environment)
        #expect(run.status == 0, "\(run)")
        let body = try #require(server.server.requests.last?.text)
        #expect(body.contains(#""top_p":0.90"#) && body.contains(#""stop":["END"]"#))
        try await sandbox.run("chat", "-q", "-s", "a", "--param", "stop=", "y", environment: server.environment)
        #expect(try #require(server.server.requests.last?.text).contains("END") == false)
        let settings = try sandbox.document("a")["settings"] as? [String: Any]
        #expect((settings?["parameters"] as? [String: Any])?.keys.sorted() == ["top_p"])
        let export = try await sandbox.run("export", "a", "-f", "json").output
        _ = try await sandbox.run("import", "-s", "c", input: export)
        let kept = try sandbox.document("c")["settings"] as? [String: Any]
        #expect((kept?["parameters"] as? [String: Any])?["top_p"] as? Double == 0.9)
        for bad in ["top_p=high", "stream=true", "nothing", "=1", "model=\"x\""] {
            let run = try await sandbox.run("chat", "-s", "b", "--param", bad, "x", environment: server.environment)
            #expect(run.status == 64 && run.errors.split(separator: "\n").count == 1, "\(bad): \(run)")
        }
        #expect(!FileManager.default.fileExists(atPath: sandbox.sessions.appending(path: "b.json").path))
    }

    @Test("--schema: what fits is the answer, what does not is kept and told with 65")
    func schema() async throws {
        let answers = Mutex([#"{"n":1}"#, #"{"n":"one"}"#])
        let server = try ChatServer(answering: { _ in answers.withLock { $0.removeFirst() } })
        let path = sandbox.root.appending(path: "schema.json")
        try Data(Self.schema.utf8).write(to: path)
        let fits = try await sandbox.run(
            "chat", "-q", "-s", "a", "--schema", path.path, "x", environment: server.environment)
        #expect(fits.status == 0 && fits.output == "{\"n\":1}\n", "\(fits)")
        #expect(try #require(server.server.requests.last?.text).contains(#""json_schema""#))
        let other = try await sandbox.run(
            "chat", "-q", "-s", "a", "--schema", path.path, "x", environment: server.environment)
        #expect(other.status == 65 && other.output.isEmpty && other.errors.contains(#"{"n":"one"}"#), "\(other)")
        #expect(try sandbox.contents("a").last == #"{"n":"one"}"#)
        for bad in [#"{"type":"strange"}"#, "no JSON"] {
            try Data(bad.utf8).write(to: path)
            let run = try await sandbox.run(
                "chat", "-s", "b", "--schema", path.path, "x", environment: server.environment)
            #expect(run.status == 65 && run.errors.split(separator: "\n").count == 1, "\(run)")
        }
        #expect(!FileManager.default.fileExists(atPath: sandbox.sessions.appending(path: "b.json").path))
    }

    @Test("a service that is busy is asked again with a notice; --no-retry asks once")
    func retry() async throws {
        let failures = Mutex(2)
        let server = try ChatServer { _, connection in
            let fails = failures.withLock { left in
                defer { left -= 1 }
                return left > 0
            }
            if fails { return try connection.respond(503, body: #"{"error":{"message":"overloaded"}}"#) }
            try connection.startChunks()
            try connection.sendChunk(ChatServer.event("done") + ChatServer.end)
            try connection.endChunks()
        }
        let run = try await sandbox.run("chat", "-s", "a", "x", environment: server.environment)
        #expect(run.status == 0 && run.output == "done\n" && run.errors.contains("(3 of 3)"), "\(run)")
        failures.withLock { $0 = 1 }
        let once = try await sandbox.run("chat", "-s", "a", "--no-retry", "y", environment: server.environment)
        #expect(once.status == 69 && once.output.isEmpty && once.errors.contains("overloaded"), "\(once)")
    }

    @Test("a session that outgrows its window goes on, says so once, and keeps every turn")
    func window() async throws {
        let server = try ChatServer(answering: { _ in String(repeating: "word ", count: 60) })
        let config = sandbox.root.appending(path: "config.json")
        let text = #"{"providers":{"openai":{"contextWindow":2000}}}"#
        try Data(text.utf8).write(to: config)
        var environment = server.environment
        environment["SESH_CONFIG"] = config.path
        var notices = 0
        let words = String(repeating: "what is it ", count: 40)
        for number in 1...20 {
            let run = try await sandbox.run(
                "chat", "-s", "a", "--json", "\(number) \(words)", environment: environment)
            #expect(run.status == 0, "\(run)")
            if run.errors.contains("no longer sent; they stay in the session") { notices += 1 }
            let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            let context = try #require(object?["context"] as? [String: Any])
            #expect((context["turns"] as? Int ?? 0) + (context["leftOut"] as? Int ?? 0) == number - 1)
        }
        #expect(notices >= 2 && notices < 10)
        #expect(try sandbox.messages("a").count == 40)
        let size = try #require(server.server.requests.last?.body.count)
        #expect(size < 2000 * 5)
    }
}
