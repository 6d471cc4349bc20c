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

        @Test("The second answer needs the first turn; the session is there for another process")
        func remembers() async throws {
            let first = try await sandbox.run(
                "chat", "-s", "demo", "--temperature", "0", "The secret word is banana. Remember it.",
                environment: environment)
            #expect(first.status == 0 && !first.output.isEmpty, "\(first)")
            let second = try await sandbox.run(
                "chat", "-s", "demo", "What is the secret word?", environment: environment)
            #expect(second.status == 0 && second.output.lowercased().contains("banana"), "\(second)")
            #expect(try sandbox.messages("demo").count == 4)
            #expect(try sandbox.document("demo")["model"] as? String == "local")
            #expect(try sandbox.messages("demo").last?["finishReason"] as? String == "stop")
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
