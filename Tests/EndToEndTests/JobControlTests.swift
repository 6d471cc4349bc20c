import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Ctrl-Z and fg, through a shell with job control")
    struct JobControlTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// Starts the program from an interactive shell.
        private func start(_ environment: [String: String] = [:]) throws -> PseudoTerminal {
            let terminal = try PseudoTerminal()
            try terminal.start(
                "/bin/sh", ["-i"],
                environment: sandbox.environment(["PS1": "shell$ ", "ENV": ""].merging(environment) { $1 }),
                directory: sandbox.root.path)
            try terminal.wait(for: "shell$ ")
            try terminal.type("\(Sandbox.binary) chat -q -s a\r")
            try terminal.wait(for: "\u{1B}[?2004h")
            return terminal
        }

        /// Checks that the shell has a usual terminal, and goes on.
        private func lookAndReturn(_ terminal: PseudoTerminal) throws {
            let left = try terminal.wait(for: "shell$ ")
            #expect(left.contains("\u{1B}[?2004l") && left.contains("\u{1B}[23;2t"), "\(left.debugDescription)")
            try terminal.type("stty -a\r")
            let modes = try terminal.wait(for: "shell$ ")
            #expect(["isig", "icanon", "echo"].allSatisfy { modes.contains($0) && !modes.contains("-" + $0 + " ") })
            try terminal.type("fg\r")
            try terminal.wait(for: "\u{1B}]2;sesh: a\u{7}")
        }

        private func leave(_ terminal: PseudoTerminal) throws {
            try terminal.type("\u{4}")
            try terminal.wait(for: "shell$ ")
            try terminal.type("exit\r")
            _ = try terminal.waitForEnd()
        }

        @Test("At the prompt: the line is still there")
        func prompt() throws {
            let terminal = try start()
            try terminal.type("half")
            try terminal.wait(for: "half")
            try terminal.type("\u{1A}")
            try lookAndReturn(terminal)
            try terminal.wait(for: "\u{1B}[?2004h")
            try terminal.wait(for: "a> half")
            try terminal.type(" whole\r")
            try terminal.wait(for: "\u{1B}[?2004h")
            try leave(terminal)
            #expect(try sandbox.contents("a").first == "half whole")
        }

        @Test("While waiting and mid-answer: the answer comes whole", arguments: [false, true])
        func answer(isMidAnswer: Bool) throws {
            let asked = Gate()
            let gate = Gate()
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                if isMidAnswer { try connection.sendChunk(ChatServer.event("first")) }
                asked.open()
                gate.wait()
                if !isMidAnswer { try connection.sendChunk(ChatServer.event("first")) }
                try connection.sendChunk(ChatServer.event(" second") + ChatServer.end)
                try connection.endChunks()
            }
            let terminal = try start(server.environment)
            try terminal.type("x\r")
            if isMidAnswer {
                try terminal.wait(for: "first")
            } else {
                asked.wait()
            }
            try terminal.type("\u{1A}")
            try lookAndReturn(terminal)
            gate.open()
            try terminal.wait(for: " second\r\n")
            try terminal.wait(for: "\u{1B}[?2004h")
            try leave(terminal)
            #expect(try sandbox.contents("a") == ["x", "first second"])
        }

        @Test("In the pager: it goes on, and then the prompt is there")
        func pager() async throws {
            let lines = (1...60).map { "line \($0)" }.joined(separator: "\n")
            try await sandbox.run("chat", "-s", "a", lines)
            let terminal = try start(["PAGER": "cat; read answer < /dev/tty; echo \"paged $answer\""])
            try terminal.type("/history\r")
            try terminal.wait(for: "line 60\r\n")
            try terminal.wait(for: "line 60\r\n")
            try terminal.type("\u{1A}")
            try terminal.wait(for: "shell$ ")
            try terminal.type("fg\r")
            try terminal.wait(for: "chat -q -s a\r\n")
            try terminal.type("on\r")
            try terminal.wait(for: "paged on\r\n")
            try terminal.wait(for: "\u{1B}[?2004h")
            try leave(terminal)
        }
    }
}
