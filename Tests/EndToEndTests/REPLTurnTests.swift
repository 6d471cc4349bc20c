import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("The REPL's commands about turns")
    struct REPLTurnTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("undo and redo: whole turns, several in a row, across restarts, saying which")
        func undoing() async throws {
            let first = try sandbox.terminal("chat", "-s", "a")
            try first.wait(for: "a> ")
            try first.say("/undo", "no turn to take back", "a> ")
            try first.say("one", "a> ")
            try first.say("two", "a> ")
            try first.say("/undo", "Took back “two”", "a> ")
            try first.leave()
            let second = try sandbox.terminal("chat", "-s", "a")
            try second.wait(for: "a> ")
            try second.say("/undo", "Took back “one”", "a> ")
            #expect(try sandbox.contents("a").isEmpty)
            try second.say("/redo", "Restored “one”", "a> ")
            try second.say("/redo", "Restored “two”", "a> ")
            try second.say("/redo", "no turn to restore", "a> ")
            try second.leave()
            #expect(try sandbox.contents("a") == ["one", "one", "two", "two"])
        }

        @Test("undo and redo of several turns at once, or of none if there are fewer")
        func undoingSeveral() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            for prompt in ["one", "two", "three"] { try terminal.say(prompt, "a> ") }
            for bad in ["0", "-1", "two", "1 2"] { try terminal.say("/undo \(bad)", "1 or more, not '\(bad)'", "a> ") }
            try terminal.say("/undo 4", "Only 3 turns", "a> ")
            #expect(try sandbox.contents("a").count == 6)
            try terminal.say("/undo 2", "Took 2 turns back, down to “two”. /redo 2", "a> ")
            #expect(try sandbox.contents("a") == ["one", "one"])
            try terminal.say("/redo 3", "Only 2 turns", "a> ")
            try terminal.say("/redo 2", "Restored 2 turns, up to “three”.", "a> ")
            #expect(try sandbox.contents("a").count == 6)
            try terminal.leave()
        }

        @Test("retry asks again; the earlier answer comes back by undo, the later one by redo")
        func retrying() throws {
            let server = try ChatServer { request, connection in
                try connection.startChunks()
                let isAgain = ChatServer.messages(of: request).count == 1
                try connection.sendChunk(ChatServer.event(isAgain ? "An answer" : "no"))
                try connection.sendChunk(ChatServer.end)
                try connection.endChunks()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("/retry", "no prompt to ask again", "a> ")
            try terminal.say("Why?", "An answer\r\n", "a> ")
            try terminal.say("/model echo", "a> ")
            try terminal.say("/retry", "Why?", "Why?\r\n", "a> ")
            #expect(try sandbox.contents("a") == ["Why?", "Why?"])
            try terminal.say("/undo", "Back to the earlier answer to “Why?”", "a> ")
            #expect(try sandbox.contents("a") == ["Why?", "An answer"])
            try terminal.say("/redo", "Restored “Why?”", "a> ")
            #expect(try sandbox.contents("a") == ["Why?", "Why?"])
            try terminal.leave()
        }

        @Test("A prompt left unanswered is shown as such, taken up by retry or continue, or dropped by discard")
        func unanswered() async throws {
            let server = try ChatServer(status: 500, message: "Out of order.")
            for words in ["First?", "Second?"] {
                #expect(try await sandbox.run("chat", "-s", "a", words, environment: server.environment).status == 69)
            }
            let terminal = try sandbox.terminal("chat", "-s", "a")
            let seen = try terminal.wait(for: "a> ")
            #expect(seen.contains("user (unanswered):") && seen.contains("/retry asks again"), "\(seen)")
            try terminal.say("/retry", "> Second?", "Second?\r\n", "a> ")
            #expect(try sandbox.contents("a") == ["Second?", "Second?"])
            try terminal.say("/discard", "Drop “First?”?", "[y/N] ")
            try terminal.say("n", "Nothing was done.", "a> ")
            #expect(try sandbox.document("a")["pendingCount"] as? Int == 1)
            try terminal.say("/discard", "[y/N] ")
            try terminal.say("y", "Dropped it.", "a> ")
            try terminal.say("/discard", "Nothing was left unanswered", "a> ")
            try terminal.leave()
            #expect(try sandbox.document("a")["pendingCount"] as? Int == 0)
        }

        @Test("continue carries an interrupted answer on, and has nothing to do where the last one is whole")
        func carryingOn() throws {
            let server = try ChatServer { request, connection in
                let prompt = ChatServer.prompts(of: request).last ?? ""
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event(prompt == "Continue." ? "the rest" : "Half and"))
                guard prompt == "Continue." else { return connection.waitUntilClientCloses() }
                try connection.sendChunk(ChatServer.end)
                try connection.endChunks()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("Tell me", "Half and")
            try terminal.type("\u{3}")
            try terminal.wait(for: "a> ")
            try terminal.say("/continue", "> Continue.", "the rest\r\n", "a> ")
            try terminal.say("/continue", "The last answer is whole", "a> ")
            try terminal.leave()
            #expect(try sandbox.contents("a") == ["Tell me", "Half and", "Continue.", "the rest"])
        }

        @Test("edit: the editor begins with the last prompt, and what it leaves is sent; a failing one sends nothing")
        func editing() throws {
            let editor = sandbox.root.appending(path: "editor")
            try "#!/bin/sh\ngrep -q fail \"$1\" && exit 1\nsed 's/old/new/' \"$1\" > \"$1.x\" && mv \"$1.x\" \"$1\"\n"
                .write(to: editor, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: editor.path)
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["VISUAL": editor.path])
            try terminal.wait(for: "a> ")
            try terminal.say("An old prompt", "a> ")
            try terminal.say("/edit", "> An new prompt", "An new prompt\r\n", "a> ")
            try terminal.say("/edit fail", "Nothing was sent.", "a> ")
            try terminal.say("/edit same", "Nothing was changed. Send it all the same? [y/N] ")
            try terminal.say("", "a> ")
            try terminal.leave()
            #expect(try sandbox.contents("a").filter { $0.hasPrefix("An new") }.count == 2)
            #expect(try sandbox.messages("a").count == 4)
        }
    }
}
