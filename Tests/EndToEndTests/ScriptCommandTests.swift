import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("The commands for scripts: rename, fork, undo, redo, export, import")
    struct ScriptCommandTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private func talk(_ words: String..., id: String = "a") async throws {
            for words in words { try await sandbox.run("chat", "-s", id, "-n", words) }
        }

        @Test("Shells complete session ids")
        func completion() async throws {
            for id in ["demo", "draft", "other"] { try await talk("x", id: id) }
            // What the generated scripts run: the word's place, the cursor's place in it, the words.
            let run = try await sandbox.run(
                "---completion", "history", "--", "positional@0", "2", "1", "sesh", "history", "d")
            #expect(run.output.split(separator: "\n") == ["demo", "draft"], "\(run)")
            let database = ["SESH_STORE": "sqlite:~/sessions.db"]
            try await sandbox.run("chat", "-s", "deep", "-n", "x", environment: database)
            let other = try await sandbox.run(
                "---completion", "history", "--", "positional@0", "2", "1", "sesh", "history", "d",
                environment: database)
            #expect(other.output == "deep\n", "\(other)")
        }

        @Test("Falling back on the small local model is said once, and not to the quiet")
        func localModelNotice() async throws {
            // It need not answer; the installation only has to look like one.
            let data = sandbox.root.appending(path: ".local/share/sesh")
            try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
            let manifest =
                #"{"format":"sesh.local-model/1","weights":"w","name":"small","python":"/bin/false","server":"s"}"#
            for (name, text) in [("local-model.json", manifest), ("w", "GGUF\0\0\0\0"), ("s", "")] {
                try text.write(to: data.appending(path: name), atomically: true, encoding: .utf8)
            }
            func said(_ arguments: String...) async throws -> Bool {
                let running = try sandbox.start(
                    ["chat", "-s", "a"] + arguments + ["x"], environment: ["SESH_MODEL": ""])
                return try await running.finish().errors.contains("Said once")
            }
            #expect(try await !said("-q"))
            #expect(try await !said("-m", "nosuch"))
            #expect(try await said())
            #expect(try await !said())
        }
    }
}
