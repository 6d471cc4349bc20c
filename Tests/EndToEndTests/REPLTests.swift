import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("The REPL, on a terminal")
    struct REPLTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private func leave(_ terminal: PseudoTerminal) throws {
            try terminal.type("\u{4}")
            #expect(try terminal.waitForEnd() == .status(0))
        }

        @Test("A conversation: typed, answered, on disk; Ctrl-D leaves")
        func conversation() throws {
            let terminal = try sandbox.terminal("chat", "-s", "demo")
            try terminal.wait(for: "demo> ")
            try terminal.type("Grüße, 世界\r")
            try terminal.waitForAnswer("Grüße, 世界")
            try terminal.wait(for: "demo> ")
            try leave(terminal)
            #expect(try sandbox.contents("demo") == ["Grüße, 世界", "Grüße, 世界"])
        }

        @Test("Looking in and leaving leaves nothing behind; the first prompt makes the session and names it")
        func lazily() throws {
            let terminal = try sandbox.terminal("chat")
            try terminal.wait(for: "new> ")
            try terminal.type("/list\r")
            try terminal.wait(for: "new> ")
            #expect(!FileManager.default.fileExists(atPath: sandbox.sessions.path))
            try terminal.type("Hello\r")
            let id = try #require(try terminal.wait(for: "'.\r\nHello\r\n").firstMatch(of: /New session '(.+)'/)?.1)
            try terminal.wait(for: id + "> ")
            try leave(terminal)
            let files = try FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path).filter {
                $0.hasSuffix(".json")
            }
            #expect(files.count == 1)
        }

        @Test("Ctrl-C stops an answer, keeps what came, and returns to the prompt")
        func stopsAnswer() throws {
            let server = try ChatServer { request, connection in
                let prompt = ChatServer.prompts(of: request).last ?? ""
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Half of " + prompt))
                guard prompt == "one" else {
                    try connection.sendChunk(ChatServer.end)
                    return try connection.endChunks()
                }
                connection.waitUntilClientCloses()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.type("one\r")
            try terminal.wait(for: "Half of one")
            try terminal.type("\u{3}")
            try terminal.wait(for: "a> ")
            try terminal.type("two\r")
            try terminal.wait(for: "Half of two\r\n")
            try terminal.wait(for: "a> ")
            try leave(terminal)
            #expect(try sandbox.contents("a") == ["one", "Half of one", "two", "Half of two"])
            #expect(try sandbox.messages("a")[1]["status"] as? String == "interrupted")
            #expect(ChatServer.messages(of: try #require(server.server.requests.last)).count == 3)
        }

        @Test("Ctrl-C on a typed line clears it")
        func clearsLine() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.type("never sent")
            try terminal.wait(for: "never sent")
            try terminal.type("\u{3}")
            try terminal.wait(for: "a> ")
            try terminal.type("sent\r")
            try terminal.waitForAnswer("sent")
            try terminal.wait(for: "a> ")
            try leave(terminal)
            #expect(try sandbox.contents("a") == ["sent", "sent"])
        }

        @Test("An error never ends the REPL")
        func errors() throws {
            let server = try ChatServer(status: 500, message: "Out of order.")
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.type("x\r")
            try terminal.wait(for: "Out of order.")
            try terminal.wait(for: "a> ")
            try terminal.type("/model echo\r")
            try terminal.wait(for: "echo answers from now on.")
            try terminal.wait(for: "a> ")
            try terminal.type("y\r")
            try terminal.waitForAnswer("y")
            try terminal.wait(for: "a> ")
            try leave(terminal)
        }

        @Test(
            "A signal at the prompt: the terminal gets its modes back, and the program dies of the signal",
            arguments: [SIGTERM, SIGHUP])
        func signals(signal: Int32) throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            terminal.signal(signal)
            #expect(try terminal.waitForEnd() == .signal(signal))
        }

        @Test("A signal mid-answer: what had arrived is kept, then the program dies of it")
        func terminated() throws {
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Half"))
                connection.waitUntilClientCloses()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.type("x\r")
            try terminal.wait(for: "Half")
            terminal.signal(SIGTERM)
            #expect(try terminal.waitForEnd() == .signal(SIGTERM))
            #expect(try sandbox.messages("a").last?["status"] as? String == "interrupted")
        }

        @Test("The commands: help, new, session, history, list, reset, exit; an unknown one is never sent")
        func commands() async throws {
            try await sandbox.run("chat", "-s", "other", "Earlier words")
            let terminal = try sandbox.terminal("chat", "-s", "a")
            func type(_ line: String, _ expected: String..., prompt: String) throws {
                try terminal.type(line + "\r")
                for text in expected { try terminal.wait(for: text) }
                try terminal.wait(for: prompt)
            }
            try terminal.wait(for: "a> ")
            try type("/help", "/model [REF]", prompt: "a> ")
            try type("/modle", "Did you mean /model?", prompt: "a> ")
            try type("/session other", "2 messages", "Earlier words", prompt: "other> ")
            try type("/sesion other", "Did you mean /session?", prompt: "other> ")
            try type("/session nosuch", "no session 'nosuch'", prompt: "other> ")
            try type("/history", "user:", "Earlier words", "assistant (echo):", prompt: "other> ")
            try type("/list", "other", "a", prompt: "other> ")
            try type("/new fresh", "New session 'fresh'", prompt: "fresh> ")
            try type("//slash", "\u{1B}[?2004l", "/slash\r\n", prompt: "fresh> ")
            try type("/session other", prompt: "other> ")
            try terminal.type("/reset\r")
            try terminal.wait(for: "[y/N]")
            try terminal.type("y\r")
            try terminal.wait(for: "other> ")
            try terminal.type("/exit\r")
            #expect(try terminal.waitForEnd() == .status(0))
            #expect(try sandbox.contents("fresh") == ["/slash", "/slash"])
            #expect(try sandbox.messages("other").isEmpty)
            #expect(try sandbox.messages("a").isEmpty)
        }

        @Test("Resuming shows name, age, model and the last exchange")
        func resuming() async throws {
            for words in ["One", "Two", "Three"] { try await sandbox.run("chat", "-s", "a", words) }
            let terminal = try sandbox.terminal("chat", "-s", "a")
            let seen = try terminal.wait(for: "a> ")
            for text in ["a · 6 messages · last used ", "echo", "4 earlier messages", "Three"] {
                #expect(seen.contains(text), "\(seen.debugDescription)")
            }
            #expect(!seen.contains("Two"))
            try leave(terminal)
        }

        @Test("Lines are kept across runs, in a file of mode 0600")
        func lineHistory() throws {
            let first = try sandbox.terminal("chat", "-s", "a")
            try first.wait(for: "a> ")
            try first.type("memorable\r")
            try first.waitForAnswer("memorable")
            try first.wait(for: "a> ")
            try leave(first)
            let second = try sandbox.terminal("chat", "-s", "b")
            try second.wait(for: "b> ")
            try second.type("\u{1B}[A")
            try second.wait(for: "memorable")
            try second.type("\r")
            try second.waitForAnswer("memorable")
            try second.wait(for: "b> ")
            try leave(second)
            #expect(try sandbox.contents("b") == ["memorable", "memorable"])
            let path = sandbox.root.path + "/.local/state/sesh/lines"
            #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        }

        @Test("Nothing a model prints can drive the terminal")
        func hostileAnswer() throws {
            let hostile = "a\u{1B}]0;owned\u{7}b\u{1B}[2Jc\u{9B}31md\u{202E}e\u{8}f\rg\u{7F}h\u{1B}]52;c;eA==\u{1B}\\i"
            let server = try ChatServer { _ in hostile }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.type("x\r")
            try terminal.wait(for: "\u{1B}[?25;2004ha")
            let shown = try terminal.wait(for: "i\r\n")
            #expect(
                !shown.unicodeScalars.dropLast(2).contains {
                    $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
                })
            try terminal.wait(for: "a> ")
            try leave(terminal)
            #expect(try sandbox.contents("a").last == hostile)
        }

        @Test("With standard output elsewhere the answer goes there and the prompt stays on the terminal")
        func redirected() throws {
            let terminal = try PseudoTerminal()
            try terminal.start(
                "/bin/sh", ["-c", "exec \"$0\" chat -s a > answers", Sandbox.binary],
                environment: sandbox.environment(),
                directory: sandbox.root.path)
            try terminal.wait(for: "a> ")
            try terminal.type("/history\r")
            try terminal.wait(for: "a> ")
            try terminal.type("to the file\r")
            try terminal.wait(for: "a> ")
            try leave(terminal)
            #expect(try String(contentsOf: sandbox.root.appending(path: "answers"), encoding: .utf8) == "to the file\n")
        }
    }
}
