import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Signals: save, then die of the same signal")
    struct InterruptTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// A service that begins an answer and then waits for the client to go.
        private func stalling() throws -> ChatServer {
            try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("What had") + ChatServer.event(" arrived"))
                connection.waitUntilClientCloses()
            }
        }

        @Test("Mid-answer: what had arrived is kept as interrupted", arguments: [SIGINT, SIGTERM, SIGHUP])
        func midAnswer(signal: Int32) async throws {
            let server = try stalling()
            let running = try sandbox.start(["chat", "-s", "a", "x"], environment: server.environment)
            try await eventually { running.outputSoFar == "What had" }
            kill(running.id, signal)
            let run = try await running.finish()
            #expect(run.signal == signal && run.output == "What had arrived\n", "\(run)")
            let answer = try #require(try sandbox.messages("a").last)
            #expect(answer["status"] as? String == "interrupted" && answer["content"] as? String == "What had arrived")
            #expect(try await sandbox.run("history", "a").output.contains("interrupted"))
            #expect(try await sandbox.run("chat", "-s", "a", "-m", "echo", "Go on").output == "Go on\n")
        }

        @Test("kill -9 mid-answer: what had arrived a while before is kept, is shown, and is not asked again")
        func killed() async throws {
            let server = try stalling()
            let running = try sandbox.start(["chat", "-s", "a", "x"], environment: server.environment)
            try await eventually {
                let pending = try? sandbox.document("a")["pending"] as? [[String: Any]]
                return (pending?.first?["partial"] as? [String: Any])?["content"] as? String == "What had arrived"
            }
            kill(running.id, SIGKILL)
            _ = try await running.finish()
            let history = try await sandbox.run("history", "a").output
            #expect(history.contains("interrupted") && history.contains("What had arrived"))
            #expect(try sandbox.contents("a").isEmpty, "looking changes nothing")
            try await sandbox.run("chat", "-s", "a", "-m", "echo", "x")
            #expect(try sandbox.contents("a") == ["x", "What had arrived", "x", "x"])
            #expect(try sandbox.messages("a")[1]["status"] as? String == "interrupted")
        }

        @Test("Before the first word: the prompt is kept, and sending it again takes it up")
        func beforeAnswer() async throws {
            let server = try ChatServer { _, connection in connection.waitUntilClientCloses() }
            let running = try sandbox.start(["chat", "-s", "a", "x"], environment: server.environment)
            try await eventually { !server.server.requests.isEmpty }
            kill(running.id, SIGINT)
            #expect(try await running.finish().signal == SIGINT)
            #expect(try await sandbox.run("history", "a").output == "user (unanswered):\nx\n")
            try await sandbox.run("chat", "-s", "a", "-m", "echo", "x")
            #expect(try sandbox.contents("a") == ["x", "x"])
            #expect(try sandbox.document("a")["pendingCount"] as? Int == 0)
        }

        @Test("A reader that goes away mid-answer: what had arrived is kept, and not a word is said")
        func brokenPipe() async throws {
            let gone = Gate()
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("first") + ChatServer.event(" held"))
                gone.wait()
                // The first write after the reader has gone is the one that fails.
                for _ in 0..<10_000 { try connection.sendChunk(ChatServer.event(" more")) }
                connection.waitUntilClientCloses()
            }
            let output = Pipe(), errors = Pipe()
            let process = Process()
            process.executableURL = URL(filePath: Sandbox.binary)
            process.arguments = ["chat", "-q", "-s", "a", "x"]
            process.environment = sandbox.environment(server.environment)
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = errors
            let ended = Gate()
            process.terminationHandler = { _ in ended.open() }
            try process.run()
            #expect(output.fileHandleForReading.readData(ofLength: 5) == Data("first".utf8))
            try output.fileHandleForReading.close()
            gone.open()
            await ended.opened()
            #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGPIPE)
            #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
            let answer = try #require(try sandbox.messages("a").last)
            #expect(answer["status"] as? String == "interrupted")
            #expect((answer["content"] as? String)?.hasPrefix("first") == true)
        }

        @Test("The output can't be written: the turn is kept, and the failure is not a success")
        func outputFull() async throws {
            guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
            let run = try await sandbox.start(
                ["-c", "exec \"$0\" chat -s a x > /dev/full", Sandbox.binary], program: "/bin/sh"
            ).finish()
            #expect(run.status == 74, "\(run)")
            #expect(try sandbox.contents("a").first == "x")
        }

        @Test("nohup: a SIGHUP that was ignored stays ignored")
        func ignored() async throws {
            let gate = Gate()
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("be") + ChatServer.event("gu"))
                gate.wait()
                try connection.sendChunk(ChatServer.event("n") + ChatServer.end)
                try connection.endChunks()
            }
            let running = try sandbox.start(
                ["-c", "trap '' HUP; exec \"$0\" chat -s a x", Sandbox.binary], program: "/bin/sh",
                environment: server.environment)
            try await eventually { running.outputSoFar == "be" }
            kill(running.id, SIGHUP)
            gate.open()
            let run = try await running.finish()
            #expect(run.status == 0 && run.output == "begun\n", "\(run)")
        }
    }
}
