import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Names, files and errors that would drive the terminal")
    struct HostileScreenTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let hostile =
            "H\u{1B}]0;t\u{7}\u{1B}[2J\u{9B}31m\u{9D}x\u{9C}\u{202E}\u{8}\u{7F}\u{1B}P\u{1B}\\\r\nE"

        private func expectText(
            _ terminal: PseudoTerminal, _ words: String..., location: SourceLocation = #_sourceLocation
        ) {
            let screen = ScreenBytes(terminal.output)
            #expect(screen.strays.isEmpty, sourceLocation: location)
            for word in words { #expect(screen.text.contains(word), "\(screen.text)", sourceLocation: location) }
        }

        /// Writes a session file in which everything that is text is hostile.
        private func writeSession(_ id: String, answer: String = hostile) throws {
            try FileManager.default.createDirectory(
                at: sandbox.sessions, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let turns = (1...4).map { "01KAJ00000000000000000000\($0)" }
            let time = "2026-11-21T02:15:00.000Z"
            let hostile = Self.hostile
            func message(_ turn: String, _ role: String, _ more: [String: Any]) -> [String: Any] {
                ["turn": turn, "role": role, "content": hostile, "createdAt": time].merging(more) { $1 }
            }
            let document: [String: Any] = [
                "format": "sesh.session/1", "id": hostile, "title": hostile, "preview": hostile, "createdAt": time,
                "updatedAt": time, "model": "echo:m\u{9B}2J\u{202E}", "messageCount": 2, "pendingCount": 1,
                "revision": 3,
                "forkedFrom": ["id": hostile, "turn": turns[0]], "settings": ["system": hostile],
                "pending": [["turn": turns[2], "after": turns[0], "createdAt": time, "content": hostile]],
                "undone": [
                    [
                        "turn": turns[1], "after": turns[0], "undoneAt": time,
                        "messages": [message(turns[1], "user", [:]), message(turns[1], "assistant", [:])],
                    ]
                ],
                "messages": [
                    message(turns[0], "user", [:]),
                    message(
                        turns[0], "assistant",
                        ["model": "echo:m\u{9B}2J\u{202E}", "finishReason": "stop", "content": answer]),
                ],
            ]
            try JSONSerialization.data(withJSONObject: document).write(to: sandbox.file(id))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: sandbox.file(id).path)
        }

        @Test("A session file is text to list, history, fork, rename, undo, redo, export and prune")
        func commands() throws {
            let lines: [[String]] = [
                ["list"], ["history", "a"], ["history", "--raw", "a"], ["history", "--last=1", "a"],
                ["history", "--json", "a"], ["list", "--json"], ["export", "a"], ["export", "--format=text", "a"],
                ["fork", "a", "b"], ["redo", "a"], ["undo", "a"], ["rename", "a", "c"],
                ["prune", "--keep=1", "--dry-run"], ["delete", "-y", "c"],
            ]
            try writeSession("a")
            for line in lines {
                let terminal = try PseudoTerminal()
                try terminal.start(
                    Sandbox.binary, line, environment: sandbox.environment(), directory: sandbox.root.path)
                #expect(try terminal.waitForEnd() == .status(0), "\(line)")
                let screen = ScreenBytes(terminal.output)
                #expect(screen.strays.isEmpty, "\(line)")
            }
        }

        @Test("A session file is text to the REPL: on resuming, in the title and in every command that shows of it")
        func inside() throws {
            try writeSession("a")
            try writeSession("b")
            // So wide that no line is broken between words.
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["COLUMNS": "500"])
            try terminal.wait(for: "a> ")
            for line in [
                "/session", "/list", "/history", "/set", "/system", "/title", "/model", "/usage", "/redo", "/undo",
            ] {
                try terminal.say(line, "a> ")
            }
            try terminal.say("/session b", "b> ")
            try terminal.say("/discard", "[y/N] ")
            try terminal.say("n", "b> ")
            try terminal.say("/retry", "␛", "b> ")
            try terminal.leave()
            expectText(
                terminal, "␛\\ E'; it goes on as 'a'.\n", "copied from H␛]0;t", "H␛]0;t␇␛[2J‹U+009B›31m",
                "␍␊E · 2 messages")
        }

        @Test("A file that is no session, and names of files that are none, are text in errors")
        func brokenFiles() throws {
            try writeSession("a")
            try Data((Self.hostile + "{").utf8).write(to: sandbox.file("broken"))
            try Data().write(to: sandbox.sessions.appending(path: "x\u{1B}]0;t\u{7}\u{9B}.json"))
            for line in [
                ["list"], ["history", "broken"], ["history", "\u{1B}[2J"], ["chat", "-s", "broken", "x"],
                ["delete", "-y", "\u{9B}x"],
            ] {
                let terminal = try PseudoTerminal()
                try terminal.start(
                    Sandbox.binary, line, environment: sandbox.environment(), directory: sandbox.root.path)
                _ = try terminal.waitForEnd()
                expectText(terminal)
            }
        }

        @Test("The names of models and providers, and options, are text")
        func arguments() throws {
            let name = "m\u{9B}2J\u{202E}"
            let server = try ChatServer { $0 }
            for model in ["openai:\(name)", name, "echo:\(name)", "\u{1B}[2J", "local:/no\u{9D}x\u{9C}.gguf"] {
                let terminal = try sandbox.terminal(
                    "chat", "-s", "a", "-m", model, "x", environment: server.environment)
                _ = try terminal.waitForEnd()
                expectText(terminal)
            }
            for line in [
                ["chat", "--\(Self.hostile)"], ["\(Self.hostile)"], ["import", "\(Self.hostile)"],
                ["prune", "--older-than=\(Self.hostile)"],
            ] {
                let terminal = try PseudoTerminal()
                try terminal.start(
                    Sandbox.binary, line, environment: sandbox.environment(), directory: sandbox.root.path)
                _ = try terminal.waitForEnd()
                expectText(terminal)
            }
            let terminal = try sandbox.terminal("chat", "-s", "b", "-m", "echo:\(name)")
            try terminal.wait(for: "b> ")
            try terminal.say("/model openai:\(name)", "b> ")
            try terminal.say("/nosuch\u{9B}2J", "b> ")
            try terminal.say("/save no\u{9B}where/\u{202E}.md", "b> ")
            try terminal.leave()
            expectText(terminal)
        }

        @Test(
            "What a server says in an error is text, whatever its status and type",
            arguments: [400, 401, 404, 429, 500, 302])
        func errorBodies(status: Int) throws {
            let json = try JSONSerialization.data(withJSONObject: [
                "error": ["message": Self.hostile, "code": Self.hostile]
            ])
            let bodies = [
                ("application/json", String(decoding: json, as: UTF8.self)), ("text/plain", Self.hostile),
                ("text/html\u{1B}[2J", "<p>" + Self.hostile),
            ]
            for (type, body) in bodies {
                let server = try ChatServer { _, connection in
                    try connection.respond(
                        status,
                        headers: [
                            ("Content-Type", type), ("Retry-After", "\u{1B}[2J"), ("Location", "/\u{9B}2J\u{1B}[2J"),
                        ],
                        body: body)
                }
                let terminal = try sandbox.terminal("chat", "-q", "-s", "a", environment: server.environment)
                try terminal.wait(for: "a> ")
                try terminal.say("x", "sesh: ", "a> ")
                try terminal.leave()
                expectText(terminal)
            }
        }

        @Test("Tab shows and inserts names of files and models as text")
        func completion() throws {
            try writeSession("a")
            for name in ["x\u{1B}]0;t\u{7}one.md", "x\u{1B}]0;t\u{7}two\u{202E}.md", "y\u{9B}2J\u{8}.md"] {
                try Data().write(to: sandbox.root.appending(path: name))
            }
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.type("/save x\t\t")
            try terminal.wait(for: "x␛]0;t␇two")
            try terminal.type("\u{3}")
            try terminal.wait(for: "a> ")
            try terminal.type("/save y\t\r")
            try terminal.wait(for: "Overwrite it? [y/N] ")
            try terminal.say("n", "a> ")
            try terminal.type("/model echo:\t\r")
            try terminal.wait(for: "answers from now on.")
            try terminal.wait(for: "a> ")
            try terminal.leave()
            expectText(terminal, "echo:m‹U+009B›2J‹U+202E› answers from now on.")
        }
    }
}
