import Foundation
import SeshTestSupport
import Testing

@Suite("The commands for scripts: rename, fork, undo, redo, export, import")
struct ScriptCommandTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    private func talk(_ words: String..., id: String = "a") async throws {
        for words in words { try await sandbox.run("chat", "-s", id, "-n", words) }
    }

    @Test("rename gives a session another id; taken, bad and unknown ids have their codes")
    func rename() async throws {
        try await talk("one")
        try await talk("x", id: "c")
        let run = try await sandbox.run("rename", "a", "b")
        #expect(run.status == 0 && run.output.isEmpty, "\(run)")
        #expect(try sandbox.contents("b") == ["one", "one"])
        #expect(try await sandbox.run("rename", "a", "d").status == 66)
        #expect(try await sandbox.run("rename", "b", "c").status == 64)
        #expect(try await sandbox.run("rename", "b", "../c").status == 64)
    }

    @Test("fork writes the copy's id; --through copies up to a turn")
    func fork() async throws {
        try await talk("one", "two")
        #expect(try await sandbox.run("fork", "a", "b").output == "b\n")
        let id = try await sandbox.run("fork", "a").output.trimmingCharacters(in: .newlines)
        #expect(try sandbox.contents(id) == ["one", "one", "two", "two"])
        let turn = try #require(try sandbox.messages("a").first?["turn"] as? String)
        #expect(try await sandbox.run("fork", "a", "c", "--through", turn).status == 0)
        #expect(try sandbox.contents("c") == ["one", "one"])
        #expect((try sandbox.document("c")["forkedFrom"] as? [String: String])?["id"] == "a")
        #expect(try await sandbox.run("fork", "a", "d", "--through", "x").status == 64)
        #expect(try await sandbox.run("fork", "nosuch").status == 66)
    }

    @Test("undo and redo take whole turns, as many as are named, and fail when there are no more")
    func undo() async throws {
        try await talk("one", "two", "three")
        let run = try await sandbox.run("undo", "a", "-n", "2")
        #expect(run.status == 0 && run.errors.contains("“three”") && run.errors.contains("“two”"), "\(run)")
        #expect(try sandbox.contents("a") == ["one", "one"])
        #expect(try await sandbox.run("redo", "a").status == 0)
        #expect(try sandbox.contents("a").count == 4)
        for (command, count, found) in [("undo", "3", "Only 2 turns"), ("redo", "2", "Only 1 turn ")] {
            let before = try sandbox.document("a") as NSDictionary
            let refused = try await sandbox.run(command, "a", "-n", count)
            #expect(refused.status == 1 && refused.output.isEmpty, "\(refused)")
            #expect(refused.errors.contains(found), "\(refused)")
            #expect(try sandbox.document("a") as NSDictionary == before)
        }
        #expect(try await sandbox.run("undo", "a", "-n", "2").status == 0)
        #expect(try sandbox.contents("a").isEmpty)
        let none = try await sandbox.run("undo", "a", "-n", "9")
        #expect(none.status == 1 && none.errors.contains("no turn to take back"), "\(none)")
        #expect(try await sandbox.run("undo", "a", "-n", "0").status == 64)
        #expect(try await sandbox.run("undo", "nosuch").status == 66)
    }

    @Test("What export writes as JSON, import makes the same conversation of")
    func roundTrip() async throws {
        try await sandbox.run(
            "chat", "-s", "a", "--system", "Be brief.", "--temperature", "0.5", "-n", "Grüße\n\u{1B}[2J")
        try await talk("two")
        let json = try await sandbox.run("export", "a", "--format", "json")
        let run = try await sandbox.run("import", "-s", "b", input: json.output)
        #expect(run.status == 0 && run.output == "b\n", "\(run)")
        let (before, after) = (try sandbox.document("a"), try sandbox.document("b"))
        for key in ["messages", "settings", "model", "preview"] {
            #expect(
                try JSONSerialization.data(withJSONObject: [before[key]], options: .sortedKeys)
                    == JSONSerialization.data(withJSONObject: [after[key]], options: .sortedKeys), "\(key)")
        }
        #expect(try await sandbox.run("chat", "-s", "b", "-n", "three").output == "three\n")
    }

    @Test("export writes Markdown and text")
    func exportText() async throws {
        try await talk("one")
        #expect(
            try await sandbox.run("export", "a").output
                == "# a\n\n## user\n\none\n\n## assistant (echo)\n\none\n")
        #expect(
            try await sandbox.run("export", "a", "-f", "text").output == "user:\none\n\nassistant (echo):\none\n")
        #expect(try await sandbox.run("export", "nosuch").status == 66)
        #expect(try await sandbox.run("export", "a", "-f", "pdf").status == 64)
    }

    @Test("import takes arrays of messages and lines of them, from a file too, and goes on from there")
    func imports() async throws {
        let server = try ChatServer { _ in "Yes." }
        let array =
            #"[{"role":"system","content":"Be brief."},{"role":"user","content":"a"},{"role":"assistant","content":"b"}]"#
        let file = sandbox.root.appending(path: "talk.json")
        try array.write(to: file, atomically: true, encoding: .utf8)
        #expect(try await sandbox.run("import", file.path, "-s", "x").output == "x\n")
        try await sandbox.run("chat", "-s", "x", "-n", "c", environment: server.environment)
        let sent = ChatServer.messages(of: try #require(server.server.requests.last))
        #expect(sent.map { $0["content"] } == ["Be brief.", "a", "b", "c"])
        let lines = "{\"role\":\"user\",\"content\":\"a\"}\n{\"role\":\"assistant\",\"content\":\"b\"}\n"
        let id = try await sandbox.run("import", "-", input: lines).output.trimmingCharacters(in: .newlines)
        #expect(try sandbox.contents(id) == ["a", "b"])
    }

    @Test(
        "What can't be imported is refused as a whole with the place of the flaw",
        arguments: ["", "[", "[1]", #"[{"role":"user","content":"a"}]"#, #"{"messages":[]}"#, "\u{FEFF}[]"])
    func refused(text: String) async throws {
        let run = try await sandbox.run("import", "-s", "x", input: text)
        #expect(run.status == 65 && run.output.isEmpty && run.errors.hasPrefix("sesh: Standard input"), "\(run)")
        #expect(!FileManager.default.fileExists(atPath: sandbox.file("x").path))
    }

    @Test("import never overwrites a session, and says which file is not there")
    func refusedPlaces() async throws {
        try await talk("one")
        let text = #"[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]"#
        #expect(try await sandbox.run("import", "-s", "a", input: text).status == 64)
        #expect(try sandbox.contents("a") == ["one", "one"])
        let missing = try await sandbox.run("import", "nosuch.json")
        #expect(missing.status == 64 && missing.errors.contains("nosuch.json"), "\(missing)")
    }
}
