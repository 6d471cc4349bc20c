import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("The REPL's commands where there is little to do, or too much")
    struct REPLEdgeTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("In a session that is still to be made every command says so, and nothing is made")
        func nothingYet() throws {
            let terminal = try sandbox.terminal("chat")
            try terminal.wait(for: "new> ")
            let commands = [
                "/history", "/reset", "/delete", "/rename b", "/fork", "/undo", "/redo", "/retry", "/continue",
                "/discard",
                "/copy", "/save x.md", "/usage",
            ]
            for command in commands { try terminal.say(command, "This session is new", "new> ") }
            try terminal.say("/session", "gets its name with the first prompt", "new> ")
            try terminal.say("/list", "There are no sessions yet.", "new> ")
            try terminal.say("/model", "echo answers here.", "new> ")
            try terminal.leave()
            #expect(!FileManager.default.fileExists(atPath: sandbox.sessions.path))
        }

        @Test("A command that takes nothing refuses words, one that needs some asks for them")
        func arguments() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            let bare = [
                "help", "exit", "quit", "list", "reset", "delete", "retry", "continue", "discard",
                "usage",
            ]
            for name in bare {
                try terminal.say("/\(name) words", "Write /\(name == "quit" ? "exit" : name)", "a> ")
            }
            for name in ["rename", "save"] { try terminal.say("/\(name)", "Write /\(name) ", "a> ") }
            try terminal.say("/?", "/help ", "a> ")
            try terminal.leave()
        }

        @Test("Ids that are taken, bad or not there are refused, and the conversation stays where it is")
        func ids() async throws {
            try await sandbox.run("chat", "-s", "b", "x")
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            for command in ["/new b", "/rename b", "/fork b"] { try terminal.say(command, "already", "a> ") }
            for command in ["/new", "/session", "/fork"] {
                try terminal.say("\(command) ../x", "can't be a session id", "a> ")
            }
            try terminal.say("/session bb", "no session 'bb'", "a> ")
            try terminal.say("still here", "a> ")
            try terminal.leave()
            #expect(try sandbox.contents("a") == ["still here", "still here"])
            #expect(try sandbox.contents("b") == ["x", "x"])
        }

        @Test("Arguments out of range: history, model, set")
        func ranges() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say("one", "a> ")
            for argument in ["-1", "x", "1.5"] { try terminal.say("/history \(argument)", "takes a number", "a> ") }
            try terminal.say("/history 99", "assistant (echo):", "a> ")
            try terminal.say("/model :x", "is no model", "a> ")
            try terminal.say("/model nosuch:x", "nosuch", "a> ")
            try terminal.say("/model", "echo answers here.", "a> ")
            try terminal.say("/model echo:two", "echo:two answers from now on.", "a> ")
            try terminal.say(
                "/set", "model        echo:two", "temperature  the model's own", "maxTokens    the model's own",
                "raw          off", "system       none", "a> ")
            try terminal.leave()
        }

        @Test("reset asks: anything but yes leaves all, yes empties, and the conversation goes on")
        func reset() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say("/title T", "The title is now: T", "a> ")
            try terminal.say("one", "a> ")
            for answer in ["n\r", "\r", "\u{3}", "\u{4}"] {
                try terminal.say("/reset", "Empty the history of a? It can't be undone. [y/N] ")
                try terminal.type(answer)
                try terminal.wait(for: "a> ")
                #expect(try sandbox.contents("a") == ["one", "one"], "\(answer.debugDescription)")
            }
            try terminal.say("/reset", "[y/N] ")
            try terminal.say("YES", "Emptied a.", "a> ")
            #expect(try sandbox.messages("a").isEmpty)
            try terminal.say("/undo", "no turn to take back", "a> ")
            try terminal.say("two", "a> ")
            try terminal.leave()
            #expect(try sandbox.contents("a") == ["two", "two"])
            #expect(try sandbox.document("a")["title"] as? String == "T")
        }

        @Test("continue takes up a prompt that has no answer; copy finds the last code block")
        func takingUp() async throws {
            let server = try ChatServer(status: 500, message: "Out of order.")
            #expect(try await sandbox.run("chat", "-s", "a", "First?", environment: server.environment).status == 69)
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["SSH_TTY": "/dev/pts/0"])
            try terminal.wait(for: "a> ")
            try terminal.say("/continue", "> First?", "First?\r\n", "a> ")
            try terminal.type("```\ncode\n```\r")
            try terminal.wait(for: "a> ")
            try terminal.say("after", "a> ")
            try terminal.say("/copy code", "\u{1B}]52;c;Y29kZQ==\u{7}", "Copied the last code block", "a> ")
            try terminal.leave()
            #expect(try sandbox.contents("a").prefix(2) == ["First?", "First?"])
            #expect(try sandbox.document("a")["pendingCount"] as? Int == 0)
        }

        @Test("Answers that are not whole are marked on resuming and in history, with the way on")
        func marks() async throws {
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Half"))
                connection.close()
            }
            #expect(try await sandbox.run("chat", "-s", "a", "x", environment: server.environment).status == 69)
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "\u{1B}[33massistant (openai:test, incomplete):\u{1B}[0m\r\nHalf\r\n")
            try terminal.wait(for: "The last answer is not whole: /continue carries it on, /retry asks again.")
            try terminal.wait(for: "a> ")
            try terminal.say("/history", "incomplete):", "Half", "a> ")
            try terminal.leave()
        }

        @Test("import at a terminal takes what is typed up to Ctrl-D; export shows it again")
        func importing() throws {
            let terminal = try PseudoTerminal()
            try terminal.start(
                Sandbox.binary, ["import", "-s", "typed"], environment: sandbox.environment(),
                directory: sandbox.root.path)
            try terminal.type(
                "{\"role\":\"user\",\"content\":\"Q\"}\n{\"role\":\"assistant\",\"content\":\"A\"}\n\u{4}")
            #expect(try terminal.waitForEnd() == .status(0))
            #expect(try sandbox.contents("typed") == ["Q", "A"])
            let other = try PseudoTerminal()
            try other.start(Sandbox.binary, ["export", "typed"], environment: sandbox.environment())
            try other.wait(for: "# typed\r\n\r\n## user\r\n\r\nQ\r\n")
            #expect(try other.waitForEnd() == .status(0))
        }
    }
}
