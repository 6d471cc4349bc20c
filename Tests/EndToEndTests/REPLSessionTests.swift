import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("The REPL's commands about sessions and settings")
    struct REPLSessionTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private var ids: Set<String> {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path)) ?? []
            return Set(names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) })
        }

        @Test("rename: the session goes on under its new id")
        func rename() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say("/rename", "/rename ID", "a> ")
            try terminal.say("/rename ../x", "can't be a session id", "a> ")
            try terminal.say("/rename better", "'a' is now 'better'.", "better> ")
            try terminal.say("Hello", "better> ")
            try terminal.leave()
            #expect(ids == ["better"])
            #expect(try sandbox.contents("better") == ["Hello", "Hello"])
        }

        @Test("title: set, shown, taken away; one for a session that is still to be made comes with it")
        func title() throws {
            let terminal = try sandbox.terminal("chat")
            try terminal.wait(for: "new> ")
            try terminal.say("/title", "no title", "new> ")
            try terminal.say("/title Trip to Rome", "The title is now: Trip to Rome", "new> ")
            try terminal.say("Hello", "New session '", "> ")
            let id = try #require(ids.first)
            #expect(try sandbox.document(id)["title"] as? String == "Trip to Rome")
            try terminal.say("/title -", "The title is gone.", id + "> ")
            try terminal.leave()
            #expect(try sandbox.document(id)["title"] is NSNull)
        }

        @Test("fork: the copy has the history, and the conversation goes on in it")
        func fork() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say("one", "a> ")
            try terminal.say("/fork a", "already", "a> ")
            try terminal.say("/fork b", "'b' is a copy of 'a'", "b> ")
            try terminal.say("two", "b> ")
            try terminal.say("/session", "copied from 'a'", "b> ")
            try terminal.say("/fork", "is a copy of 'b'", "> ")
            try terminal.leave()
            #expect(try sandbox.contents("a") == ["one", "one"])
            #expect(try sandbox.contents("b") == ["one", "one", "two", "two"])
            #expect(ids.count == 3)
        }

        @Test("delete asks; only yes deletes, Ctrl-C and anything else do not; a new session follows")
        func delete() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say("one", "a> ")
            try terminal.say("/delete now", "Write /delete", "a> ")
            try terminal.say("/delete", "Delete a? It can't be undone. [y/N] ")
            try terminal.type("\u{3}")
            try terminal.wait(for: "a> ")
            try terminal.say("/delete", "[y/N] ")
            try terminal.say("no", "Nothing was done.", "a> ")
            #expect(ids == ["a"])
            try terminal.say("/reset", "[y/N] ")
            try terminal.say("", "Nothing was done.", "a> ")
            #expect(try sandbox.contents("a") == ["one", "one"])
            try terminal.say("/delete", "[y/N] ")
            try terminal.say("y", "Deleted a.", "new> ")
            #expect(ids.isEmpty)
            try terminal.say("again", "New session '", "> ")
            try terminal.leave()
            #expect(ids.count == 1 && !ids.contains("a"))
        }

        @Test("new after a named session is another one")
        func anew() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say("one", "a> ")
            try terminal.say("/new", "begins with the next prompt", "new> ")
            try terminal.say("two", "New session '", "> ")
            try terminal.leave()
            #expect(try sandbox.contents("a") == ["one", "one"])
            #expect(ids.count == 2)
        }

        @Test("system and set: shown, set, taken away, kept with the session and sent with the next prompt")
        func settings() throws {
            let server = try ChatServer { _ in "Yes." }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("/system", "No system prompt", "a> ")
            try terminal.say("/system Be brief.", "is set", "a> ")
            try terminal.say("/set temperature 0.5", "temperature  0.5", "a> ")
            try terminal.say("/set maxTokens 9", "maxTokens    9", "a> ")
            try terminal.say("/set maxTokens none", "1 or more", "a> ")
            try terminal.say("/set colour red", "There is no setting 'colour'", "a> ")
            try terminal.say("x", "Yes.\r\n", "a> ")
            try terminal.say("/set temperature -", "temperature  the model's own", "a> ")
            try terminal.say("/system -", "is gone", "a> ")
            try terminal.leave()
            let body = try #require(server.server.requests.last?.body)
            let request = try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
            #expect(request["temperature"] as? Double == 0.5)
            #expect(ChatServer.messages(of: try #require(server.server.requests.last)).first?["content"] == "Be brief.")
            #expect(try sandbox.document("a")["settings"] as? [String: Int] == ["maxTokens": 9])
        }

        @Test("An ephemeral chat keeps nothing, and says so where a command would need more")
        func ephemeral() throws {
            let terminal = try sandbox.terminal("chat", "--ephemeral")
            try terminal.wait(for: "ephemeral> ")
            try terminal.say("one", "ephemeral> ")
            for command in ["/rename b", "/fork", "/delete", "/session b", "/new b"] {
                try terminal.say(command, "ephemeral: it keeps nothing", "ephemeral> ")
            }
            try terminal.say("/session", "ephemeral: it keeps nothing", "ephemeral> ")
            try terminal.say("/undo", "Took back “one”", "ephemeral> ")
            try terminal.leave()
            #expect(!FileManager.default.fileExists(atPath: sandbox.sessions.path))
        }
    }
}
