import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("What others do to the session of a REPL")
    struct REPLElsewhereTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private func terminal() throws -> PseudoTerminal {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            return terminal
        }

        @Test("Turns added, taken back and replaced, and a session emptied, are told once")
        func turns() async throws {
            let terminal = try terminal()
            try terminal.say("mine", "mine\r\n", "a> ")
            for words in ["one", "two"] { try await sandbox.run("chat", "-s", "a", words) }
            try terminal.say("", "2 turns were added to this session elsewhere", "a> ")
            let seen = try { () -> String in
                try terminal.type("/title\r")
                return try terminal.wait(for: "a> ")
            }()
            #expect(!seen.contains("elsewhere"), "\(seen.debugDescription)")
            try await sandbox.run("undo", "a")
            try terminal.say("also mine", "1 turn was taken back elsewhere.", "also mine\r\n", "a> ")
            let other = try self.terminal()
            try other.say("/retry", "also mine\r\n", "a> ")
            try other.leave()
            try terminal.say("", "The last turn was replaced elsewhere", "a> ")
            try await sandbox.run("reset", "a", "--yes")
            try terminal.say("", "This session was emptied elsewhere.", "a> ")
            try terminal.leave()
        }

        @Test("A session renamed elsewhere is followed; one deleted is followed by a new one with its settings")
        func whole() async throws {
            let terminal = try terminal()
            try terminal.say("/set temperature 0.5", "temperature  0.5", "a> ")
            try terminal.say("mine", "mine\r\n", "a> ")
            #expect(try await sandbox.run("rename", "a", "b").status == 0)
            try terminal.say("on", "'a' was renamed elsewhere; the conversation goes on as 'b'.", "on\r\n", "b> ")
            #expect(try sandbox.contents("b") == ["mine", "mine", "on", "on"])
            #expect(try await sandbox.run("delete", "b", "--yes").status == 0)
            try terminal.say("", "'b' was deleted elsewhere; the next prompt begins a new", "new> ")
            try terminal.say("/set", "temperature  0.5", "new> ")
            try terminal.leave()
        }

        @Test("undo and retry name a turn that came from elsewhere before they take it")
        func foreign() async throws {
            let terminal = try terminal()
            try terminal.say("mine", "mine\r\n", "a> ")
            for command in ["/undo", "/retry"] {
                try await sandbox.run("chat", "-s", "a", "theirs")
                try terminal.say(command, "The last turn, “theirs”, was added elsewhere.", "a> ")
                #expect(try sandbox.contents("a").last == "theirs")
                try terminal.say(command, command == "/undo" ? "Took back “theirs”" : "> theirs", "a> ")
                if command == "/undo" { #expect(try sandbox.contents("a") == ["mine", "mine"]) }
            }
            try terminal.leave()
        }

        @Test("An answer whose session is deleted meanwhile is said to be lost")
        func deletedMidAnswer() async throws {
            let gate = Gate()
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Half"))
                gate.wait()
                try connection.sendChunk(ChatServer.event(" and half") + ChatServer.end)
                try connection.endChunks()
            }
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("x", "Half")
            try FileManager.default.removeItem(at: sandbox.sessions.appending(path: "a.json"))
            gate.open()
            try terminal.wait(for: "NOT SAVED")
            try terminal.wait(for: "'a' was deleted elsewhere")
            try terminal.wait(for: "new> ")
            try terminal.leave()
        }
    }
}
