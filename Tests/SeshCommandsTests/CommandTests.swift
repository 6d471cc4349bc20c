import Foundation
import SeshTestSupport
import Testing

@Suite("list, history, reset, delete and prune")
struct CommandTests {
    let sandbox: Sandbox

    init() throws { sandbox = try Sandbox() }

    @Test("A home directory that no shell has put in the place of ~ is meant all the same")
    func tilde() async throws {
        let run = try await sandbox.run("chat", "-s", "a", "Hello", environment: ["SESH_DIR": "~/chats"])
        #expect(run.status == 0, "\(run)")
        #expect(FileManager.default.fileExists(atPath: sandbox.root.path + "/chats/a.json"))
        #expect(!FileManager.default.fileExists(atPath: sandbox.root.path + "/~"))
    }

    @Test("list: last used first; an empty directory is a success")
    func list() async throws {
        let none = try await sandbox.run("list")
        #expect(none.status == 0 && none.output == "", "\(none)")
        for id in ["a", "b", "a"] { try await sandbox.run("chat", "-s", id, "Words of \(id)") }
        let rows = try await sandbox.run("list").output.split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(rows.map { $0[0] } == ["a", "b"])
        #expect(rows[0][1] == "4" && rows[0][3] == "echo" && rows[0][4] == "Words of a")
        #expect(try await sandbox.run("list", "--limit", "1").output.split(separator: "\n").count == 1)
    }

    @Test("list --json is one array, an empty one too")
    func listJSON() async throws {
        #expect(try await sandbox.run("list", "--json").output == "[]\n")
        try await sandbox.run("chat", "-s", "a", "x")
        let array = try JSONSerialization.jsonObject(
            with: Data(try await sandbox.run("list", "--json").output.utf8))
        let first = try #require((array as? [[String: Any]])?.first)
        #expect(first["id"] as? String == "a" && first["messageCount"] as? Int == 2)
    }

    @Test("list succeeds though some files can't be read, and shows them as such")
    func listUnreadable() async throws {
        try await sandbox.run("chat", "-s", "good", "x")
        try Data("{\"format\":".utf8).write(to: sandbox.file("torn"))
        let run = try await sandbox.run("list")
        #expect(run.status == 0, "\(run)")
        let torn = try #require(run.output.split(separator: "\n").first { $0.hasPrefix("torn\t") })
        #expect(torn.contains("unreadable"))
        #expect(run.output.contains("good\t2\t"))
        let array = try JSONSerialization.jsonObject(
            with: Data(try await sandbox.run("list", "--json").output.utf8))
        #expect((array as? [[String: Any]])?.contains { $0["error"] != nil } == true)
    }

    @Test("history shows roles, models and words; --last the last so many; --json an array")
    func history() async throws {
        try await sandbox.run("chat", "-s", "a", "One")
        try await sandbox.run("chat", "-s", "a", "Two")
        #expect(
            try await sandbox.run("history", "a", "--last", "2").output == "user:\nTwo\n\nassistant (echo):\nTwo\n")
        #expect(try await sandbox.run("history", "a", "--last", "0").output == "")
        let array =
            try JSONSerialization.jsonObject(
                with: Data(try await sandbox.run("history", "a", "--json").output.utf8)) as? [[String: Any]]
        #expect(array?.map { $0["role"] as? String } == ["user", "assistant", "user", "assistant"])
    }

    @Test("history shows what was not answered, at its place")
    func unanswered() async throws {
        let server = try ChatServer(status: 500)
        try await sandbox.run("chat", "-s", "a", "One")
        try await sandbox.run("chat", "-s", "a", "-m", "openai:x", "Lost", environment: server.environment)
        try await sandbox.run("chat", "-s", "a", "Two")
        let text = try await sandbox.run("history", "a").output
        #expect(
            text.replacing("\n\n", with: "\n").split(separator: "\n") == [
                "user:", "One", "assistant (echo):", "One", "user (unanswered):", "Lost", "user:", "Two",
                "assistant (echo):", "Two",
            ])
    }

    @Test("reset empties the history and keeps title and settings; scripts are not asked")
    func reset() async throws {
        try await sandbox.run("chat", "-s", "a", "--system", "Be brief.", "One")
        let run = try await sandbox.run("reset", "a")
        #expect(run.status == 0 && run.output == "", "\(run)")
        #expect(try sandbox.messages("a").isEmpty)
        #expect((try sandbox.document("a")["settings"] as? [String: Any])?["system"] as? String == "Be brief.")
    }

    @Test("Several ids: all are tried, the exit code is the first failure's")
    func several() async throws {
        for id in ["a", "b"] { try await sandbox.run("chat", "-s", id, "x") }
        let run = try await sandbox.run("delete", "a", "nosuch", "../b", "b")
        #expect(run.status == 66, "\(run)")
        #expect(run.errors.contains("nosuch") && run.errors.contains("../b"))
        #expect(try await sandbox.run("list").output == "")
    }

    @Test("An unknown session is an error that names near ones", arguments: ["history", "reset", "delete"])
    func unknown(command: String) async throws {
        try await sandbox.run("chat", "-s", "demo", "x")
        let run = try await sandbox.run(command, "dmeo")
        #expect(run.status == 66 && run.output == "", "\(run)")
        #expect(run.errors.contains("'demo'") && run.errors.split(separator: "\n").count == 1)
        #expect(try sandbox.contents("demo").count == 2)
    }

    @Test("prune needs a criterion, names what goes, and does nothing when dry")
    func prune() async throws {
        for id in ["a", "b", "c"] { try await sandbox.run("chat", "-s", id, "x") }
        #expect(try await sandbox.run("prune").status == 64)
        #expect(try await sandbox.run("prune", "--older-than", "soon").status == 64)
        let dry = try await sandbox.run("prune", "--keep", "1", "--dry-run")
        #expect(dry.status == 0 && dry.output == "b\na\n" && dry.errors.contains("2 sessions would"), "\(dry)")
        #expect(try await sandbox.run("list").output.split(separator: "\n").count == 3)
        let done = try await sandbox.run("prune", "--keep", "1")
        #expect(done.output == "b\na\n" && done.errors.contains("2 sessions deleted"), "\(done)")
        #expect(try await sandbox.run("prune", "--older-than", "30d").output == "")
        #expect(try await sandbox.run("prune", "--older-than", "0s").output == "c\n")
    }

    @Test("Retention of the configuration is off by default, and names what it removes")
    func retention() async throws {
        for id in ["a", "b", "c"] { try await sandbox.run("chat", "-s", id, "x") }
        let configuration = try sandbox.configure(#"{"maxSessions":2}"#)
        let run = try await sandbox.run("chat", "-s", "a", "y", environment: configuration)
        #expect(run.status == 0 && run.output == "y\n", "\(run)")
        #expect(run.errors.contains("Removed") && !run.errors.contains("a, "), "\(run)")
        let left = try await sandbox.run("list").output.split(separator: "\n").map { $0.split(separator: "\t")[0] }
        #expect(left == ["a", "c"])
    }

    @Test("A file copied by hand is a session under its own name, with a notice, and heals at the next write")
    func copied() async throws {
        try await sandbox.run("chat", "-s", "a", "One")
        try FileManager.default.copyItem(at: sandbox.file("a"), to: sandbox.file("b"))
        let run = try await sandbox.run("chat", "-s", "b", "Two")
        #expect(run.status == 0 && run.errors.contains("copied"), "\(run)")
        #expect(try sandbox.document("b")["id"] as? String == "b")
        #expect(try sandbox.contents("a").count == 2)
        #expect(try sandbox.contents("b").count == 4)
    }

    @Test("Version and help are answers, on standard output")
    func help() async throws {
        let version = try await sandbox.run("--version")
        #expect(version.status == 0 && version.output.contains("."), "\(version)")
        let help = try await sandbox.run("help", "chat")
        #expect(help.status == 0 && help.output.contains("--ephemeral"), "\(help)")
        let wrong = try await sandbox.run("chat", "--nosuch")
        #expect(wrong.status == 64 && wrong.output == "", "\(wrong)")
    }
}
