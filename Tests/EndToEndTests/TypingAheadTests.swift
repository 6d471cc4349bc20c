import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Keys that are pressed while an answer comes")
    struct TypingAheadTests {
        let sandbox: Sandbox
        /// Lets the service go on with its first answer.
        let gate = Gate()

        init() throws { sandbox = try Sandbox() }

        /// Starts a conversation whose first answer stops in its midst, or before it begins; later ones are "Next".
        ///
        /// - Parameters:
        ///   - isMidAnswer: whether half of it is there.
        ///   - body: types.
        private func conversation(isMidAnswer: Bool = true, _ body: (PseudoTerminal) throws -> Void) throws {
            let server = try ChatServer { [gate] request, connection in
                try connection.startChunks()
                if ChatServer.prompts(of: request).count > 1 {
                    try connection.sendChunk(ChatServer.event("Next") + ChatServer.end)
                    return try connection.endChunks()
                }
                if isMidAnswer { try connection.sendChunk(ChatServer.event("Half")) }
                gate.wait()
                if !isMidAnswer { try connection.sendChunk(ChatServer.event("Half")) }
                try connection.sendChunk(ChatServer.event(" and half") + ChatServer.end)
                try connection.endChunks()
            }
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("x", isMidAnswer ? "Half" : "·")
            try body(terminal)
        }

        @Test("They are not shown in the answer and stand in the next prompt", arguments: [false, true])
        func held(isMidAnswer: Bool) throws {
            try conversation(isMidAnswer: isMidAnswer) { terminal in
                try terminal.type("/titel\u{7F}\u{7F}le Ahead")
                gate.open()
                let answer = try terminal.wait(for: " and half\r\n")
                #expect(!answer.contains("/tit") && !answer.contains("Ahead"), "\(answer.debugDescription)")
                try terminal.wait(for: "a> ")
                try terminal.wait(for: "le Ahead")
                try terminal.say("", "a> ")
                try terminal.leave()
            }
            #expect(try sandbox.contents("a") == ["x", "Half and half"])
            #expect(try sandbox.document("a")["title"] as? String == "Ahead")
        }

        @Test("Enter sends, Ctrl-J breaks the line, and Ctrl-D leaves, each in its turn", arguments: [false, true])
        func sent(isMidAnswer: Bool) throws {
            try conversation(isMidAnswer: isMidAnswer) { terminal in
                try terminal.type("one\ntwo\r/title Ahead\r\u{4}")
                gate.open()
                #expect(try terminal.waitForEnd() == .status(0))
                #expect(terminal.isCooked)
            }
            #expect(try sandbox.contents("a") == ["x", "Half and half", "one\ntwo", "Next"])
            #expect(try sandbox.document("a")["title"] as? String == "Ahead")
        }

        @Test("A paste is one text, whatever its lines begin with, and waits to be sent")
        func pasted() throws {
            try conversation { terminal in
                try terminal.type("\u{1B}[200~/title Pasted\r/delete\ry\u{1B}[201~")
                gate.open()
                try terminal.wait(for: " and half\r\n")
                try terminal.wait(for: "/delete")
                try terminal.say("", "Next\r\n", "a> ")
                try terminal.leave()
            }
            #expect(try sandbox.contents("a") == ["x", "Half and half", "/title Pasted\n/delete\ny", "Next"])
        }

        @Test("Ctrl-C ends the answer and keeps them for the next prompt")
        func kept() throws {
            try conversation { terminal in
                try terminal.type("/title Ahead\rand this\u{3}")
                try terminal.wait(for: "The title is now: Ahead")
                try terminal.wait(for: "and this")
                try terminal.say("", "Next\r\n", "a> ")
                try terminal.leave()
            }
            #expect(try sandbox.contents("a") == ["x", "Half", "and this", "Next"])
        }

        @Test("Ctrl-Z and a deadly signal leave nothing of them to the shell", arguments: ["\u{1A}", "\u{1C}"])
        func notForTheShell(key: String) throws {
            let server = try ChatServer { [gate] _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Half"))
                gate.wait()
            }
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try PseudoTerminal()
            let environment = ["PS1": "shell$ ", "ENV": ""].merging(server.environment) { $1 }
            try terminal.start(
                "/bin/sh", ["-i"], environment: sandbox.environment(environment), directory: sandbox.root.path)
            try terminal.wait(for: "shell$ ")
            try terminal.type("\(Sandbox.binary) chat -q -s a\r")
            try terminal.wait(for: "a> ")
            try terminal.say("x", "Half")
            try terminal.type("touch harm\r" + key)
            try terminal.wait(for: "shell$ ")
            try terminal.say("echo do''ne", "done\r\n", "shell$ ")
            #expect(!FileManager.default.fileExists(atPath: sandbox.root.appending(path: "harm").path))
            try terminal.type("exit\rexit\r")
            _ = try terminal.waitForEnd()
        }
    }
}
