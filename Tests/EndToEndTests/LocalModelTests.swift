import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    /// The conversation that the README promises, with the real local model; `Scripts/test` sets the variable.
    @Suite(
        "The real local model",
        .enabled(if: ProcessInfo.processInfo.environment["SESH_LOCAL_MODEL"] == "1", "SESH_LOCAL_MODEL is not 1"))
    struct LocalModelTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// The installed model, but sessions and sockets of the test's own.
        private var environment: [String: String] {
            let own = ProcessInfo.processInfo.environment
            let data = own["XDG_DATA_HOME"] ?? (own["HOME"] ?? "") + "/.local/share"
            return ["XDG_DATA_HOME": data, "SESH_MODEL": "local"]
        }

        /// Runs a line of the shell in which `sesh` is the program under test.
        private func shell(_ line: String) async throws -> Sandbox.Run {
            let directory = URL(filePath: Sandbox.binary).deletingLastPathComponent().path
            var environment = environment
            environment["PATH"] = directory + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
            return try await sandbox.start(["-c", line], program: "/bin/sh", environment: environment).finish()
        }

        @Test("The README's conversation is what a newcomer gets, word for word")
        func transcript() async throws {
            let transcript = try Readme().block("console").split(separator: "\n$ ", omittingEmptySubsequences: false)
            try #require(transcript.count == 3)
            for part in transcript {
                let lines = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                let command = lines[0].hasPrefix("$ ") ? String(lines[0].dropFirst(2)) : lines[0]
                let run = try await shell(command)
                let shown = lines.dropFirst().filter { $0 != "New session 'demo'." }.joined(separator: "\n")
                #expect(run.status == 0 && run.output == shown + "\n", "\(command): \(run)")
            }
            #expect(try sandbox.messages("demo").count == 4)
            #expect(try sandbox.document("demo")["model"] as? String == "local")
            #expect(try sandbox.messages("demo").last?["finishReason"] as? String == "stop")
        }

        @Test("The README's first script prints what its comment says")
        func script() async throws {
            let script = try Readme().block("sh", containing: "capital=")
            let expected = try #require(script.split(separator: "# ").last)
            let run = try await shell(script)
            #expect(run.status == 0 && run.output == expected + "\n", "\(run)")
        }

        @Test("A session of 2,000 turns that was imported goes on, and keeps all of them")
        func longSession() async throws {
            let config = sandbox.root.appending(path: "config.json")
            try Data(#"{"providers":{"local":{"contextWindow":2000}}}"#.utf8).write(to: config)
            var environment = environment
            environment["SESH_CONFIG"] = config.path
            let lines = (1...2000).map { number in
                #"{"role":"user","content":"What is \#(number) and one?"}"# + "\n"
                    + #"{"role":"assistant","content":"It is \#(number + 1)."}"#
            }
            let imported = try await sandbox.run("import", "-s", "long", input: lines.joined(separator: "\n"))
            #expect(imported.status == 0, "\(imported)")
            let run = try await sandbox.run(
                "chat", "-s", "long", "--max-tokens", "8", "--json", "Say hello.", environment: environment)
            #expect(run.status == 0 && run.errors.contains("no longer sent; they stay in the session"), "\(run)")
            let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            let usage = try #require(object?["usage"] as? [String: Any])
            let input = try #require(usage["inputTokens"] as? Int)
            #expect(input > 500 && input < 2000, "\(run.output)")
            #expect(try sandbox.messages("long").count == 4002)
        }

        @Test("An answer that goes round in circles ends at the limit, and says no line three times")
        func noLoop() async throws {
            let run = try await sandbox.run(
                "chat", "--ephemeral", "--temperature", "0", "What should I cook tonight?", environment: environment)
            let lines = run.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            let counts = Dictionary(lines.map { ($0, 1) }, uniquingKeysWith: +)
            #expect(counts.allSatisfy { $0.value < 3 }, "\(run)")
        }

        @Test("A conversation at the prompt, stopped by Ctrl-C")
        func atThePrompt() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: environment)
            try terminal.wait(for: "a> ")
            try terminal.type("Write a long story about a fox.\r")
            try terminal.wait(for: " the ", seconds: 120)
            try terminal.type("\u{3}")
            try terminal.wait(for: "a> ", seconds: 60)
            try terminal.type("\u{4}")
            #expect(try terminal.waitForEnd() == .status(0))
            #expect(try sandbox.messages("a").count == 2)
        }
    }
}
