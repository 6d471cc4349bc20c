import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("What comes between, at the prompt, while waiting and mid-answer")
    struct WaysOutTests {
        /// What the program is doing.
        enum Moment: String, CaseIterable, Sendable {
            case prompt, waiting, midAnswer
        }

        let sandbox: Sandbox
        /// Lets the service go on.
        let gate = Gate()

        init() throws { sandbox = try Sandbox() }

        /// A service that sends half an answer, or nothing yet, and waits for the gate.
        ///
        /// - Parameters:
        ///   - moment: when it waits.
        ///   - isCut: whether it then breaks the connection off.
        private func service(_ moment: Moment, isCut: Bool = false) throws -> ChatServer {
            try ChatServer { [gate] _, connection in
                try connection.startChunks()
                if moment == .midAnswer { try connection.sendChunk(ChatServer.event("Half")) }
                gate.wait()
                if isCut { return connection.close() }
                if moment != .midAnswer { try connection.sendChunk(ChatServer.event("Half")) }
                try connection.sendChunk(ChatServer.event(" and half") + ChatServer.end)
                try connection.endChunks()
            }
        }

        /// Starts a conversation and brings it to a moment.
        private func start(_ moment: Moment, _ server: ChatServer) throws -> PseudoTerminal {
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            switch moment {
            case .prompt: try terminal.say("/title T", "a> ")
            case .waiting: try terminal.say("x", "·")
            case .midAnswer: try terminal.say("x", "Half")
            }
            return terminal
        }

        /// Checks that nothing is lost of what had been said at that moment.
        private func expectSaved(_ moment: Moment, as status: String = "interrupted") throws {
            switch moment {
            case .prompt: #expect(try sandbox.contents("a").isEmpty)
            case .waiting:
                #expect(try sandbox.document("a")["pendingCount"] as? Int == 1)
                #expect(try sandbox.contents("a").isEmpty)
            case .midAnswer:
                #expect(try sandbox.contents("a") == ["x", "Half"])
                #expect(try sandbox.messages("a").last?["status"] as? String == status)
            }
        }

        /// Checks that the screen and the keys are as they were before the program began.
        private func expectRestored(_ terminal: PseudoTerminal) throws {
            #expect(terminal.isCooked)
            let seen = String(decoding: terminal.output, as: UTF8.self)
            for (on, off) in [("\u{1B}[?2004h", "\u{1B}[?2004l"), ("\u{1B}[22;2t", "\u{1B}[23;2t")] {
                let last = try #require(seen.range(of: on, options: .backwards))
                #expect(seen[last.upperBound...].contains(off), "\(seen.debugDescription)")
            }
        }

        @Test(
            "A signal: the terminal is restored, what had arrived is saved", arguments: Moment.allCases,
            [SIGTERM, SIGHUP])
        func signal(moment: Moment, number: Int32) throws {
            let server = try service(moment)
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try start(moment, server)
            terminal.signal(number)
            #expect(try terminal.waitForEnd() == .signal(number))
            try expectRestored(terminal)
            try expectSaved(moment)
        }

        @Test("A terminal that is closed: what had arrived is saved", arguments: Moment.allCases)
        func hangUp(moment: Moment) throws {
            let server = try service(moment)
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try start(moment, server)
            terminal.hangUp()
            #expect(try terminal.waitForEnd() == .signal(SIGHUP))
            try expectSaved(moment)
        }

        @Test("Ctrl-C: back to the prompt, and the terminal is restored on leaving", arguments: Moment.allCases)
        func interrupt(moment: Moment) throws {
            let server = try service(moment)
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try start(moment, server)
            try terminal.type("\u{3}")
            try terminal.wait(for: "a> ")
            #expect(!terminal.isCooked)
            try terminal.leave()
            try expectRestored(terminal)
            try expectSaved(moment)
        }

        @Test("A second Ctrl-C while the first is dealt with, or one after the other: the terminal is restored")
        func twice() throws {
            let server = try service(.midAnswer)
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try start(.midAnswer, server)
            terminal.signal(SIGINT)
            terminal.signal(SIGTERM)
            // Which of them finds the program where is left open; it ends of a signal either way.
            guard case .signal = try terminal.waitForEnd() else {
                Issue.record("It did not end of a signal.")
                return
            }
            try expectRestored(terminal)
            #expect(try sandbox.messages("a").count == 2 || sandbox.document("a")["pendingCount"] as? Int == 1)
        }

        @Test(
            "A window that changes its size: the answer comes whole, and the prompt after it",
            arguments: Moment.allCases)
        func resize(moment: Moment) throws {
            let server = try service(moment)
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try start(moment, server)
            for columns: UInt16 in [20, 132, 40] { terminal.resize(columns: columns) }
            gate.open()
            if moment == .prompt { try terminal.say("x") }
            try terminal.wait(for: " and half\r\n")
            try terminal.wait(for: "a> ")
            try terminal.leave()
            try expectRestored(terminal)
            #expect(try sandbox.contents("a") == ["x", "Half and half"])
        }

        @Test(
            "A network that is cut: said so, what had arrived is saved, and the prompt is back",
            arguments: Moment.allCases)
        func cut(moment: Moment) throws {
            let server = try service(moment, isCut: true)
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try start(moment, server)
            gate.open()
            if moment == .prompt { try terminal.say("x") }
            try terminal.wait(for: "sesh: ")
            try terminal.wait(for: "a> ")
            try expectSaved(moment == .prompt ? .waiting : moment, as: "incomplete")
            try terminal.say("/model echo", "a> ")
            try terminal.say("still here", "still here\r\n", "a> ")
            try terminal.leave()
            try expectRestored(terminal)
        }

        @Test("An answer that stops in the midst of a style leaves the terminal plain, whatever happens next")
        func style() throws {
            let server = try ChatServer { [gate] _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("# Head"))
                gate.wait()
                try connection.sendChunk(ChatServer.event("ing") + ChatServer.end)
                try connection.endChunks()
            }
            defer {
                gate.open()
                server.server.stop()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.say("x", "Head\u{1B}[0m")
            gate.open()
            let opened = try terminal.wait(for: "ing\u{1B}[0m")
            #expect(opened.hasPrefix("\u{1B}[") && opened.dropFirst(2).prefix { $0 != "i" }.hasSuffix("m"), "\(opened)")
            try terminal.wait(for: "a> ")
            try terminal.leave()
        }

        @Test("A terminal that nobody knows is nothing to talk about")
        func unknownTerminal() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["TERM": "nosuch"])
            try terminal.wait(for: "a> ")
            try terminal.say("x", "x\r\n", "a> ")
            try terminal.leave()
            let seen = String(decoding: terminal.output, as: UTF8.self)
            #expect(!seen.contains("termcap") && !seen.contains("terminal"), "\(seen.debugDescription)")
        }

        @Test("A session that can't be opened: the terminal is as it was before there was a prompt")
        func unopened() throws {
            try FileManager.default.createDirectory(
                at: sandbox.sessions, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data("{".utf8).write(to: sandbox.file("a"))
            let terminal = try sandbox.terminal("chat", "-s", "a")
            #expect(try terminal.waitForEnd() == .status(65))
            #expect(terminal.isCooked)
        }
    }
}
