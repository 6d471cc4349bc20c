import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

@Suite("sesh chat, from scripts and through pipes")
struct ChatTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test("With --json a failure is an object too: the session, the turn if the prompt was saved, the error")
    func failureAsJSON() async throws {
        func object(_ run: Sandbox.Run) throws -> [String: Any] {
            try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        }
        func code(_ object: [String: Any]) -> String? { (object["error"] as? [String: Any])?["code"] as? String }
        let nowhere = ["OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "http://127.0.0.1:9"]
        let failed = try await sandbox.run(
            "chat", "--json", "-s", "a", "-m", "openai:x", "Hi", environment: nowhere)
        #expect(failed.status == 69)
        let pending = try #require(try sandbox.document("a")["pending"] as? [[String: Any]]).first
        let line = try object(failed)
        #expect(code(line) == "unreachable" && line["session"] as? String == "a")
        #expect(line["turn"] as? String != nil && line["turn"] as? String == pending?["turn"] as? String)

        let refused = try await sandbox.run("chat", "--json", "-s", "a", "-m", "nobody:x", "Hi")
        #expect(refused.status == 78)
        #expect(try code(object(refused)) == "unknownModel" && object(refused)["turn"] == nil)

        let second = try await sandbox.run("chat", "--json", "-s", "b", "--lines", input: "one\ntwo\0\n")
        #expect(second.status == 0 && second.output.split(separator: "\n").count == 2, "\(second)")
    }

    @Test("Standard output is the answer and nothing else; the session is on disk")
    func answer() async throws {
        let run = try await sandbox.run("chat", "-s", "demo", "Hello", "there")
        #expect(run.status == 0 && run.output == "Hello there\n", "\(run)")
        #expect(run.errors == "New session 'demo'.\n")
        #expect(try sandbox.contents("demo") == ["Hello there", "Hello there"])
        #expect(try await sandbox.run("chat", "-s", "demo", "Again").errors == "")
    }

    @Test("A pipe is the prompt; with words it follows them after a blank line; -n leaves it alone")
    func pipe() async throws {
        #expect(try await sandbox.run("chat", "-s", "a", input: "one\ntwo\n").output == "one\ntwo\n")
        #expect(try await sandbox.run("chat", "-s", "a", "Review", input: "one\n").output == "Review\n\none\n")
        #expect(try await sandbox.run("chat", "-s", "a", "Review", input: "").output == "Review\n")
        #expect(try await sandbox.run("chat", "-n", "-s", "a", "Review", input: "one\n").output == "Review\n")
    }

    @Test("--lines and --null make each record a prompt; empty lines are none")
    func records() async throws {
        let lines = try await sandbox.run("chat", "-s", "l", "--lines", input: "one\n\n  \ntwo")
        #expect(lines.output == "one\ntwo\n")
        let records = try await sandbox.run("chat", "-s", "n", "--null", "Say:", input: "a\nb\0c\0")
        #expect(records.output == "Say:\n\na\nb\nSay:\n\nc\n")
        #expect(try sandbox.contents("n").count == 4)
    }

    @Test("Records stop at the first failure, and what was answered before is kept")
    func recordsStop() async throws {
        let server = try ChatServer { request, connection in
            let prompt = ChatServer.prompts(of: request).last ?? ""
            guard prompt != "two" else { return try connection.respond(500, body: "{}") }
            try connection.startChunks()
            try connection.sendChunk(ChatServer.event(prompt) + ChatServer.end)
            try connection.endChunks()
        }
        let run = try await sandbox.run(
            "chat", "-s", "s", "--lines", input: "one\ntwo\nthree\n", environment: server.environment)
        #expect(run.status == 69 && run.output == "one\n", "\(run)")
        #expect(try sandbox.contents("s") == ["one", "one"])
        #expect(server.server.requests.count == 2)
    }

    @Test("--json writes one object per turn")
    func json() async throws {
        let run = try await sandbox.run("chat", "-s", "j", "--json", "--lines", input: "one\ntwo\n")
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 2, "\(run)")
        let object = try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any]
        #expect(object?["session"] as? String == "j")
        #expect(object?["finishReason"] as? String == "stop")
        #expect((object?["message"] as? [String: Any])?["content"] as? String == "two")
        #expect(object?["turn"] as? String == (try sandbox.messages("j").last?["turn"] as? String))
    }

    @Test("Without --session a new one is named on standard error; -c goes on with the one used last")
    func generated() async throws {
        let run = try await sandbox.run("chat", "One")
        let id = try #require(run.errors.firstMatch(of: /New session '(.+)'/)?.1)
        #expect(id.wholeMatch(of: /\d{8}-\d{4}-[a-z0-9]{4}/) != nil)
        try await sandbox.run("chat", "-c", "Two")
        #expect(try sandbox.contents(String(id)) == ["One", "One", "Two", "Two"])
    }

    @Test("-c goes on with the session that was used last, not the one that was made last")
    func lastUsed() async throws {
        for id in ["a", "b", "a"] { try await sandbox.run("chat", "-s", id, "x") }
        try await sandbox.run("chat", "-c", "y")
        #expect(try sandbox.contents("a").count == 6)
        #expect(
            try await sandbox.run("chat", "-c", "x", environment: ["SESH_DIR": sandbox.root.path + "/none"]).status
                == 66)
    }

    @Test("--ephemeral keeps nothing")
    func ephemeral() async throws {
        let run = try await sandbox.run("chat", "--ephemeral", "Hello")
        #expect(run.status == 0 && run.output == "Hello\n" && run.errors == "", "\(run)")
        #expect(!FileManager.default.fileExists(atPath: sandbox.sessions.path))
    }

    @Test("The model is sent the system prompt, the settings and the whole history")
    func context() async throws {
        let server = try ChatServer { $0 + "!" }
        try await sandbox.run(
            "chat", "-s", "s", "--system", "Be brief.", "--temperature", "0", "--max-tokens", "99", "One",
            environment: server.environment)
        try await sandbox.run("chat", "-s", "s", "Two", environment: server.environment)
        let second = try #require(server.server.requests.last)
        #expect(ChatServer.messages(of: second).map { $0["content"] } == ["Be brief.", "One", "One!", "Two"])
        let body = try JSONSerialization.jsonObject(with: Data(second.body)) as? [String: Any]
        #expect(body?["temperature"] as? Double == 0)
        #expect(second.header("authorization") == "Bearer sk-canary")
    }

    @Test("Flag, session, SESH_MODEL, configuration: the first that names a model wins")
    func precedence() async throws {
        let server = try ChatServer { _ in "from the server" }
        var environment = server.environment.merging(try sandbox.configure(#"{"model":"openai:test"}"#)) { $1 }
        environment["SESH_MODEL"] = ""
        #expect(
            try await sandbox.run("chat", "-s", "a", "x", environment: environment).output == "from the server\n")
        environment["SESH_MODEL"] = "echo"
        #expect(try await sandbox.run("chat", "-s", "b", "x", environment: environment).output == "x\n")
        #expect(
            try await sandbox.run("chat", "-s", "a", "x", environment: environment).output == "from the server\n")
        #expect(
            try await sandbox.run("chat", "-s", "a", "-m", "echo", "x", environment: environment).output == "x\n")
        #expect(try sandbox.document("a")["model"] as? String == "echo")
    }

    @Test("A model that did not answer does not become the session's")
    func failedModel() async throws {
        let server = try ChatServer(status: 500)
        try await sandbox.run("chat", "-s", "a", "x")
        try await sandbox.run("chat", "-s", "a", "-m", "openai:test", "y", environment: server.environment)
        #expect(try sandbox.document("a")["model"] as? String == "echo")
    }

    @Test("--no-stream asks for one piece and writes it whole")
    func noStream() async throws {
        let server = try ChatServer { request, connection in
            try connection.respond(
                headers: [("Content-Type", "application/json")],
                body: #"{"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}"#)
        }
        let run = try await sandbox.run("chat", "-s", "a", "--no-stream", "x", environment: server.environment)
        #expect(run.output == "whole\n", "\(run)")
        #expect(server.server.requests.first?.text.contains(#""stream":true"#) == false)
    }

    @Test("Into a pipe the bytes of an answer go unchanged")
    func bytes() async throws {
        let text = "\u{1B}[31mred\u{7}\u{9B}0m\u{202E}e\u{301}\u{1F468}\u{200D}\u{1F469}\t\r\nend"
        #expect(try await sandbox.run("chat", "-s", "a", input: text).output == text + "\n")
        #expect(try sandbox.contents("a") == [text, text])
    }

    @Test("--session= is refused rather than taking the next word")
    func emptyOption() async throws {
        let run = try await sandbox.run("chat", "--session=", "demo")
        #expect(run.status == 64 && run.output == "", "\(run)")
    }

    @Test("After -- words may begin with a dash")
    func dashes() async throws {
        #expect(try await sandbox.run("chat", "-s", "a", "--", "-x", "--json").output == "-x --json\n")
    }

    @Test("An answer ended by a limit the user set is a success with a notice, by the model's own a failure")
    func lengthLimit() async throws {
        let server = try ChatServer { _, connection in
            try connection.startChunks()
            try connection.sendChunk(ChatServer.event("cut") + ChatServer.end("length"))
            try connection.endChunks()
        }
        let own = try await sandbox.run(
            "chat", "-s", "a", "--max-tokens", "1", "x", environment: server.environment)
        #expect(own.status == 0 && own.output == "cut\n" && own.errors.contains("limit"), "\(own)")
        let models = try await sandbox.run("chat", "-s", "b", "x", environment: server.environment)
        #expect(models.status == 1 && models.output == "cut\n", "\(models)")
    }
}
