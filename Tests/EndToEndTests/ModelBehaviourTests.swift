import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("What a service is asked, and what is made of its answers")
    struct ModelBehaviourTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("what a model reasons is dim on a terminal, nowhere on a pipe, and kept")
        func reasoning() async throws {
            let server = try ChatServer { _, connection in
                let thought = #"data: {"choices":[{"delta":{"reasoning_content":"Let me\u001b[2J see."}}]}"# + "\n\n"
                try connection.startChunks()
                try connection.sendChunk(thought + ChatServer.event("Four.") + ChatServer.end)
                try connection.endChunks()
            }
            let run = try await sandbox.run("chat", "-s", "a", "2+2?", environment: server.environment)
            #expect(run.output == "Four.\n" && !run.errors.contains("Let me"), "\(run)")
            #expect(try sandbox.messages("a").last?["reasoning"] as? String == "Let me\u{1B}[2J see.")
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a", environment: server.environment)
            try terminal.wait(for: "> ")
            try terminal.type("again\r")
            try terminal.wait(for: "\u{1B}[2mLet me\u{241B}[2J see.\u{1B}[0m")
            try terminal.wait(for: "Four.")
            try terminal.type("/context\r")
            try terminal.wait(for: "All of this session goes along with the next prompt: 2 turns.")
            try terminal.type("\u{4}")
            _ = try terminal.waitForEnd()
        }
    }
}
