import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("list, history, reset, delete and prune")
    struct CommandTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("On a terminal the list has a heading and fits the window")
        func listColumns() async throws {
            try await sandbox.run("chat", "-s", "a", String(repeating: "word ", count: 60))
            let terminal = try sandbox.terminal("list", columns: 60)
            #expect(try terminal.waitForEnd() == .status(0))
            let lines = String(decoding: terminal.output, as: UTF8.self).split(separator: "\r\n")
            #expect(lines.first?.contains("SESSION") == true)
            #expect(lines.last?.count == 60 && lines.last?.hasSuffix("…") == true)
        }

        @Test(
            "On a terminal reset and delete ask; anything but yes leaves all as it was", arguments: ["reset", "delete"])
        func questions(command: String) async throws {
            try await sandbox.run("chat", "-s", "a", "x")
            let refused = try sandbox.terminal(command, "a")
            try refused.wait(for: "[y/N]")
            try refused.type("n\r")
            #expect(try refused.waitForEnd() == .status(1))
            #expect(try sandbox.contents("a").count == 2)
            let agreed = try sandbox.terminal(command, "a")
            try agreed.wait(for: "[y/N]")
            try agreed.type("y\r")
            #expect(try agreed.waitForEnd() == .status(0))
            let isEmpty = try await sandbox.run("history", "a")
            #expect(isEmpty.status == (command == "reset" ? 0 : 66) && isEmpty.output == "")
            #expect(try sandbox.terminal(command, "-y", "a").waitForEnd() == .status(command == "reset" ? 0 : 66))
        }

        @Test("prune leaves a session alone in which an answer is awaited")
        func pruneLive() async throws {
            let server = try ChatServer { _, connection in connection.waitUntilClientCloses() }
            let running = try sandbox.start(["chat", "-s", "live", "x"], environment: server.environment)
            try await eventually { !server.server.requests.isEmpty }
            let run = try await sandbox.run("prune", "--keep", "0")
            #expect(run.status == 0 && run.output == "" && run.errors.contains("'live'"), "\(run)")
            kill(running.id, SIGKILL)
            _ = try await running.finish()
            #expect(try await sandbox.run("prune", "--keep", "0").output == "live\n")
        }

        @Test("A reader that goes away ends the program silently, as SIGPIPE would")
        func brokenPipe() async throws {
            let long = String(repeating: "0123456789abcdef\n", count: 20_000)
            try await sandbox.run("chat", "-s", "a", input: long)
            let script = "\"$0\" history a | head -1; echo ${PIPESTATUS[0]}"
            let process = Process()
            let output = Pipe(), errors = Pipe()
            process.executableURL = URL(filePath: "/bin/bash")
            process.arguments = ["-c", script, Sandbox.binary]
            process.environment = sandbox.environment()
            process.standardOutput = output
            process.standardError = errors
            try process.run()
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(text == "user:\n141\n")
            #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
            process.waitUntilExit()
        }
    }
}
