import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("What stands on the screen while the program works")
    struct ScreenTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let save = "\u{1B}[22;2t", restore = "\u{1B}[23;2t", erase = "\r\u{1B}[K"

        /// A service that answers when the test says so.
        private func waiting(for gate: Gate) throws -> ChatServer {
            try ChatServer { _, connection in
                try connection.startChunks()
                gate.wait()
                try connection.sendChunk(ChatServer.event("Late."))
                try connection.sendChunk(ChatServer.end)
                try connection.endChunks()
            }
        }

        @Test("A sign shows that an answer is awaited, and is gone before its first letter")
        func waitingSign() throws {
            let gate = Gate()
            let server = try waiting(for: gate)
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("x", "\r·\u{1B}[K")
            gate.open()
            try terminal.wait(for: Self.erase + "Late.\r\n")
            try terminal.wait(for: "a> ")
            try terminal.leave()
        }

        @Test("No sign for the quiet, or on a dumb terminal", arguments: [["-q"], []])
        func noSign(options: [String]) throws {
            let gate = Gate()
            let server = try waiting(for: gate)
            let environment = options.isEmpty ? server.environment.merging(["TERM": "dumb"]) { $1 } : server.environment
            let terminal = try PseudoTerminal()
            try terminal.start(
                Sandbox.binary, ["chat", "-s", "a"] + options + ["x"], environment: sandbox.environment(environment),
                directory: sandbox.root.path)
            while server.server.requests.isEmpty { poll(nil, 0, 5) }
            poll(nil, 0, 400)
            gate.open()
            let seen = try terminal.wait(for: "Late.\r\n")
            #expect(!seen.contains("·") && !seen.contains("\u{1B}"), "\(seen.debugDescription)")
            #expect(try terminal.waitForEnd() == .status(0))
        }

        @Test(
            "A signal while an answer is awaited: sign and title are gone, the prompt is kept",
            arguments: [SIGTERM, SIGHUP])
        func signalWhileWaiting(signal: Int32) throws {
            let gate = Gate()
            defer { gate.open() }
            let server = try waiting(for: gate)
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("x", "·")
            terminal.signal(signal)
            #expect(try terminal.waitForEnd() == .signal(signal))
            let rest = String(decoding: terminal.output, as: UTF8.self)
            #expect(rest.contains(Self.restore))
            let afterSign = rest[(rest.range(of: "·", options: .backwards)?.upperBound ?? rest.endIndex)...]
            #expect(afterSign.contains(Self.erase), "\(rest.debugDescription)")
            #expect(try sandbox.document("a")["pendingCount"] as? Int == 1)
        }

        @Test("Ctrl-C while an answer is awaited returns to the prompt")
        func stopWaiting() throws {
            let gate = Gate()
            defer { gate.open() }
            let server = try waiting(for: gate)
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("x", "·")
            try terminal.type("\u{3}")
            try terminal.wait(for: Self.erase)
            try terminal.wait(for: "The prompt is kept")
            try terminal.wait(for: "a> ")
            try terminal.leave()
        }

        @Test("The window's title names the session; the former one comes back on leaving and by a signal")
        func title() async throws {
            try await sandbox.run("chat", "-s", "b", "x")
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: Self.save + "\u{1B}]2;sesh: a\u{7}")
            try terminal.wait(for: "a> ")
            try terminal.say("/session b", "\u{1B}]2;sesh: b\u{7}", "b> ")
            // Pasted: typed, it would be the beginning of a key's sequence.
            try terminal.say("/title \u{1B}[200~Ro\u{9B}me\u{1B}[201~", "\u{1B}]2;sesh: Ro‹U+009B›me\u{7}", "b> ")
            try terminal.type("\u{4}")
            try terminal.wait(for: Self.restore)
            #expect(try terminal.waitForEnd() == .status(0))
            let other = try sandbox.terminal("chat", "-s", "a")
            try other.wait(for: "a> ")
            other.signal(SIGTERM)
            try other.wait(for: Self.restore)
            #expect(try other.waitForEnd() == .signal(SIGTERM))
        }

        @Test("A dumb terminal gets no title")
        func dumb() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["TERM": "dumb"])
            try terminal.wait(for: "a> ")
            try terminal.leave()
            #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}]2;"))
        }

        @Test(
            "A long history goes through the pager, a short one and one without a pager do not", arguments: ["", "cat"])
        func pager(none: String) async throws {
            let pager = sandbox.root.appending(path: "pager")
            try "#!/bin/sh\nsed 's/^/| /'\n".write(to: pager, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: pager.path)
            let long = (1...40).map { "line \($0)" }.joined(separator: "\n")
            try await sandbox.run("chat", "-s", "a", "-n", long)
            try await sandbox.run("chat", "-s", "b", "-n", "short")
            func history(_ id: String, _ pager: String) throws -> String {
                let terminal = try PseudoTerminal()
                var environment = sandbox.environment()
                environment["PAGER"] = pager
                try terminal.start(Sandbox.binary, ["history", id], environment: environment)
                #expect(try terminal.waitForEnd() == .status(0))
                return String(decoding: terminal.output, as: UTF8.self)
            }
            #expect(try history("a", pager.path).contains("| line 40"))
            #expect(try !history("b", pager.path).contains("| "))
            let plain = try history("a", none)
            #expect(plain.contains("line 40") && !plain.contains("| "))
            let broken = try history("a", "/nonexistent/pager")
            #expect(broken.contains("line 40"), "\(broken)")
            #expect(try history("a", "true").isEmpty, "a pager that is left early is no failure")
        }

        @Test("A list that is longer than the window goes through the pager, in the REPL too")
        func pagedList() async throws {
            for id in ["a", "b", "c"] { try await sandbox.run("chat", "-s", id, "-n", "x") }
            func list(rows: UInt16, _ options: String...) throws -> String {
                let terminal = try PseudoTerminal(rows: rows)
                let environment = sandbox.environment(["PAGER": "sed 's/^/| /'"])
                try terminal.start(Sandbox.binary, ["list"] + options, environment: environment)
                #expect(try terminal.waitForEnd() == .status(0))
                return String(decoding: terminal.output, as: UTF8.self)
            }
            #expect(try list(rows: 4).contains("| c  "))
            #expect(try !list(rows: 5).contains("| "))
            #expect(try !list(rows: 4, "--json").contains("| "))
            let terminal = try PseudoTerminal(rows: 4)
            try terminal.start(
                Sandbox.binary, ["chat", "-q", "-s", "a"], environment: sandbox.environment(["PAGER": "sed 's/^/| /'"]))
            try terminal.wait(for: "a> ")
            try terminal.say("/list", "| c  ", "a> ")
            try terminal.leave()
        }

        @Test("Words of notices are whole at the edge of the window, and a line off the terminal")
        func words() throws {
            let terminal = try PseudoTerminal(columns: 30)
            try terminal.start(Sandbox.binary, ["history", "nosuch"], environment: sandbox.environment())
            try terminal.wait(for: "sesh: There is no session\r\n'nosuch'. 'sesh list' shows\r\nthose there are.\r\n")
            #expect(try terminal.waitForEnd() == .status(66))
        }

        @Test("history in the REPL goes through the pager too")
        func pagerInside() async throws {
            let long = (1...40).map { "line \($0)" }.joined(separator: "\n")
            try await sandbox.run("chat", "-s", "a", "-n", long)
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["PAGER": "sed 's/^/| /'"])
            try terminal.wait(for: "a> ")
            try terminal.say("/history", "| line 40", "a> ")
            try terminal.say("/history 0", "Nothing has been said here yet.", "a> ")
            try terminal.leave()
        }
    }
}
