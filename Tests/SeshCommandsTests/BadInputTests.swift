import Foundation
import SeshTestSupport
import Testing

@Suite("Bad input: one clear line, the right exit code, nothing lost")
struct BadInputTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    private func expectOneLine(
        _ run: Sandbox.Run, _ status: Int32, _ words: String..., location: SourceLocation = #_sourceLocation
    ) {
        #expect(run.status == status, "\(run)", sourceLocation: location)
        let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("sesh: ") }
        #expect(lines.count == 1, "\(run)", sourceLocation: location)
        for word in words { #expect(run.errors.contains(word), "\(run)", sourceLocation: location) }
        #expect(!run.errors.contains("sk-canary"), "\(run)", sourceLocation: location)
    }

    @Test("A bad id", arguments: ["../x", ".hidden", "-", "a/b", "x.json", "ä", " "])
    func badID(id: String) async throws {
        expectOneLine(try await sandbox.run("chat", "-s", id, "x"), 64, "session id")
        expectOneLine(try await sandbox.run("history", "--", id), 64, "session id")
    }

    @Test("An empty prompt, and nothing is made")
    func emptyPrompt() async throws {
        for input in ["", "  \n\t\n"] {
            expectOneLine(try await sandbox.run("chat", "-s", "a", input: input), 64, "empty")
        }
        expectOneLine(try await sandbox.run("chat", "-s", "a", "--lines", input: "\n\n"), 64, "empty")
        expectOneLine(try await sandbox.run("chat", "-s", "a", "-n"), 64, "empty")
        #expect(!FileManager.default.fileExists(atPath: sandbox.file("a").path))
    }

    @Test("Input that is not UTF-8, with the offset")
    func notUTF8() async throws {
        let bytes = Data("héllo".utf8) + Data([0xFF]) + Data("x\n".utf8)
        expectOneLine(try await sandbox.run(["chat", "-s", "a"], input: bytes), 65, "offset 6")
        let run = try await sandbox.run(["chat", "-s", "a", "--lines"], input: Data("ok\n".utf8) + bytes)
        expectOneLine(run, 65, "offset 9")
        #expect(run.output == "ok\n")
    }

    @Test("A malformed file is named with line and column, and is left as it is")
    func malformed() async throws {
        try await sandbox.run("chat", "-s", "good", "x")
        let torn = try Data(contentsOf: sandbox.file("good")).dropLast(9)
        try torn.write(to: sandbox.file("torn"))
        for arguments in [["chat", "-s", "torn", "x"], ["history", "torn"], ["reset", "torn"]] {
            let run = try await sandbox.run(arguments)
            expectOneLine(run, 65, "torn.json", "line")
            #expect(run.output == "")
        }
        #expect(try Data(contentsOf: sandbox.file("torn")) == torn)
        #expect(try await sandbox.run("chat", "-s", "good", "y").status == 0)
    }

    @Test("A newer format can be listed and read, but not continued")
    func newerFormat() async throws {
        try await sandbox.run("chat", "-s", "a", "x")
        let text = try String(contentsOf: sandbox.file("a"), encoding: .utf8)
        let newer = text.replacing("sesh.session/1", with: "sesh.session/2")
        try Data(newer.utf8).write(to: sandbox.file("a"))
        expectOneLine(try await sandbox.run("chat", "-s", "a", "y"), 65, "newer")
        expectOneLine(try await sandbox.run("reset", "a"), 65, "newer")
        #expect(try await sandbox.run("history", "a").output.contains("x"))
        #expect(try await sandbox.run("list").status == 0)
        #expect(try String(contentsOf: sandbox.file("a"), encoding: .utf8) == newer)
    }

    @Test("A directory that others may write to, with the command that mends it")
    func unsafeDirectory() async throws {
        try await sandbox.run("chat", "-s", "a", "x")
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: sandbox.sessions.path)
        expectOneLine(try await sandbox.run("chat", "-s", "a", "y"), 78, "chmod")
        expectOneLine(try await sandbox.run("list"), 78, "chmod")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: sandbox.sessions.path)
        #expect(try sandbox.contents("a").count == 2)
    }

    @Test("No model anywhere")
    func noModel() async throws {
        let run = try await sandbox.run("chat", "-s", "a", "x", environment: ["SESH_MODEL": ""])
        expectOneLine(run, 78, "sesh install-local-model", "OPENAI_API_KEY")
        #expect(!FileManager.default.fileExists(atPath: sandbox.file("a").path))
    }

    @Test("An unknown provider, a model without a provider's name")
    func unknownProvider() async throws {
        expectOneLine(try await sandbox.run("chat", "-s", "a", "-m", "opnai:x", "x"), 78, "opnai")
        expectOneLine(try await sandbox.run("chat", "-s", "a", "-m", ":x", "x"), 64, ":x")
        expectOneLine(try await sandbox.run("chat", "x", environment: ["SESH_MODEL": "x:"]), 78, "SESH_MODEL")
        #expect(!FileManager.default.fileExists(atPath: sandbox.file("a").path))
    }

    @Test("A configuration that does not fit")
    func badConfiguration() async throws {
        for text in ["{", #"{"modle":"x"}"#, #"{"providers":{"p":{"api":"telepathy"}}}"#] {
            let run = try await sandbox.run("chat", "-s", "a", "x", environment: try sandbox.configure(text))
            expectOneLine(run, 78, "config")
        }
        expectOneLine(
            try await sandbox.run("chat", "x", environment: ["SESH_CONFIG": "/nonexistent/c.json"]), 78,
            "/nonexistent")
    }

    @Test(
        "What a service refuses or fails, by status",
        arguments: [(401, 77), (403, 77), (404, 78), (429, 75), (500, 69), (503, 69), (400, 1)])
    func statuses(status: Int, code: Int32) async throws {
        let server = try ChatServer(
            status: status, headers: [("Retry-After", "7")], message: "Because of\nthe sk-canary.")
        let run = try await sandbox.run(
            "chat", "-s", "a", "--no-retry", "Precious", environment: server.environment)
        expectOneLine(run, code, "Because of")
        #expect(run.output == "")
        if status == 429 { #expect(run.errors.contains("7 s"), "\(run)") }
        #expect(try await sandbox.run("history", "a").output == "user (unanswered):\nPrecious\n")
        #expect(try await sandbox.run("chat", "-s", "a", "-m", "echo", "Precious").output == "Precious\n")
        #expect(try sandbox.contents("a") == ["Precious", "Precious"])
        #expect((try sandbox.document("a")["pending"] as? [Any])?.isEmpty == true)
    }

    @Test("A key that is missing")
    func missingKey() async throws {
        expectOneLine(try await sandbox.run("chat", "-s", "a", "-m", "openai:x", "x"), 77, "OPENAI_API_KEY")
    }

    @Test("A host that can't be reached")
    func unreachable() async throws {
        let server = try ChatServer(status: 500)
        let environment = server.environment
        server.server.stop()
        expectOneLine(try await sandbox.run("chat", "-s", "a", "x", environment: environment), 69)
        expectOneLine(
            try await sandbox.run(
                "chat", "-s", "a", "x",
                environment: environment.merging(["OPENAI_BASE_URL": "https://host.invalid/v1"]) { $1 }),
            69, "host.invalid")
    }

    @Test("A service that does not answer in time")
    func timeout() async throws {
        let server = try ChatServer { _, connection in connection.waitUntilClientCloses() }
        let configuration = try sandbox.configure(#"{"providers":{"openai":{"firstByteTimeout":0.2}}}"#)
        let run = try await sandbox.run(
            "chat", "-s", "a", "x", environment: server.environment.merging(configuration) { $1 })
        expectOneLine(run, 69)
    }

    @Test("A stream cut in the middle: what had arrived is saved as incomplete, shown, and not a success")
    func cut() async throws {
        let server = try ChatServer { _, connection in
            try connection.startChunks()
            try connection.sendChunk(ChatServer.event("Half an"))
            connection.reset()
        }
        let run = try await sandbox.run("chat", "-s", "a", "x", environment: server.environment)
        expectOneLine(run, 69)
        #expect(run.output == "Half an\n")
        #expect(try sandbox.messages("a").last?["status"] as? String == "incomplete")
        #expect(try await sandbox.run("history", "a").output.contains("incomplete"))
    }

    @Test("A stream that ends without a finish reason is incomplete, not whole")
    func noFinish() async throws {
        let server = try ChatServer { _, connection in
            try connection.startChunks()
            try connection.sendChunk(ChatServer.event("Half an"))
            try connection.endChunks()
        }
        let run = try await sandbox.run("chat", "-s", "a", "--json", "x", environment: server.environment)
        expectOneLine(run, 69)
        #expect(run.output.contains(#""status":"incomplete""#))
    }

    @Test("An answer of white space only is none: the prompt stays unanswered")
    func blank() async throws {
        let server = try ChatServer { _ in " \n " }
        expectOneLine(try await sandbox.run("chat", "-s", "a", "x", environment: server.environment), 69, "empty")
        #expect(try await sandbox.run("history", "a").output == "user (unanswered):\nx\n")
    }

    @Test("A redirect is refused, and its target never sees the key")
    func redirect() async throws {
        let target = try ChatServer { $0 }
        let server = try ChatServer(
            status: 307, headers: [("Location", target.server.url + "/v1/chat/completions")])
        expectOneLine(try await sandbox.run("chat", "-s", "a", "x", environment: server.environment), 69)
        #expect(target.server.requests.isEmpty)
    }

    @Test("Another session that differs only by case")
    func caseClash() async throws {
        try await sandbox.run("chat", "-s", "Demo", "x")
        expectOneLine(try await sandbox.run("chat", "-s", "demo", "x"), 64, "'Demo'")
    }
}
