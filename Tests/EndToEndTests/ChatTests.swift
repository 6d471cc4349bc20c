import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("sesh chat, from scripts and through pipes")
    struct ChatTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("A piece is written as soon as another one has come")
        func streams() async throws {
            let gate = Gate()
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("first") + ChatServer.event(" held"))
                gate.wait()
                try connection.sendChunk(ChatServer.event(" last") + ChatServer.end)
                try connection.endChunks()
            }
            let running = try sandbox.start(["chat", "-s", "a", "x"], environment: server.environment)
            try await eventually { running.outputSoFar == "first" }
            // The last piece waits for the line break, and that for the turn to be durable, which is pending.
            #expect(try sandbox.document("a")["pendingCount"] as? Int == 1)
            gate.open()
            #expect(try await running.finish().output == "first held last\n")
        }
    }
}
