import Foundation
import SeshTestSupport
import Synchronization
import Testing

extension EndToEnd {
    @Suite("Signals at any moment")
    struct SignalTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// How many signals are sent: the number that a variable says.
        private static func count(_ variable: String, orElse usual: Int) -> Int {
            ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? usual
        }

        /// A service that answers in eight words, three milliseconds apart.
        private func slowWords() throws -> ChatServer {
            try ChatServer { _, connection in
                try connection.startChunks()
                for number in 1...8 {
                    try connection.sendChunk(ChatServer.event("word\(number) "))
                    usleep(3000)
                }
                try connection.sendChunk(ChatServer.event("end") + ChatServer.end)
                try connection.endChunks()
            }
        }

        private func run(_ plan: SignalLane.Plan, signals: Int) async throws -> SignalLane.Tally {
            // In memory, so that the signals fall on everything else rather than on syncs.
            let memory = try MemoryDirectory()
            let server = try slowWords()
            let (environment, scratch) = (sandbox.environment(server.environment), sandbox.root.path)
            return try await withThrowingTaskGroup(of: SignalLane.Tally.self) { group in
                for seed in 1...2 as ClosedRange<UInt64> {
                    group.addTask {
                        try await onOwnThread {
                            var lane = SignalLane(
                                plan, directory: memory.path + "/sessions", scratch: scratch, environment: environment,
                                seed: seed)
                            try lane.run(signals: signals / 2)
                            return lane.tally
                        }
                    }
                }
                return try await group.reduce(into: SignalLane.Tally()) { sum, tally in
                    sum.turns += tally.turns
                    sum.midway += tally.midway
                    sum.completed += tally.completed
                    sum.lost += tally.lost
                    sum.hangs += tally.hangs
                }
            }
        }

        private func check(_ tally: SignalLane.Tally) throws {
            PromiseCounts("signals: every word that was shown is kept").add(tally.turns, failures: tally.lost.count)
            PromiseCounts("signals: the program ends").add(tally.turns, failures: tally.hangs.count)
            #expect(tally.lost.isEmpty, "\(tally.lost.prefix(5))")
            #expect(tally.hangs.isEmpty, "\(tally.hangs.prefix(5))")
            #expect(tally.midway > 0 && tally.completed > 0, "\(tally)")
            try Canary.expectSilence(below: sandbox.root)
        }

        @Test("One to four signals of any kind at any moment of a turn: no word that was shown is lost, and it ends")
        func anyTime() async throws {
            try check(await run(.anyTime, signals: Self.count("SESH_SIGNALS", orElse: 400)))
        }

        @Test("A signal as a turn ends: it ends")
        func nearTheEnd() async throws {
            try check(await run(.nearTheEnd, signals: Self.count("SESH_LATE_SIGNALS", orElse: 200)))
        }

        @Test("Two signals in the REPL: what was shown is kept", arguments: [[SIGHUP, SIGTERM], [SIGTERM, SIGHUP]])
        func logout(signals: [Int32]) throws {
            let server = try stalling()
            for round in 1...5 {
                let terminal = try sandbox.terminal("chat", "-s", "a\(round)", environment: server.environment)
                try terminal.wait(for: "> ")
                try terminal.type("x\r")
                try terminal.wait(for: "arrived")
                for number in signals { terminal.signal(number) }
                guard case .signal(let number) = try terminal.waitForEnd() else {
                    Issue.record("it did not die of a signal")
                    return
                }
                #expect(signals.contains(number))
                #expect(try sandbox.contents("a\(round)") == ["x", "What had arrived"])
            }
        }

        @Test("SIGINT twice in the REPL, as wrappers send it: the answer is kept, and it goes on")
        func interruptedTwice() throws {
            let server = try stalling()
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "> ")
            try terminal.type("x\r")
            try terminal.wait(for: "arrived")
            terminal.signal(SIGINT)
            terminal.signal(SIGINT)
            try terminal.wait(for: "Interrupted. What had arrived is kept.")
            try terminal.wait(for: "a> ")
            #expect(try sandbox.contents("a") == ["x", "What had arrived"])
            try terminal.leave()
        }

        @Test("A reader that reads no more: what had arrived is kept, and it ends")
        func stuckReader() async throws {
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                let piece = String(repeating: "x", count: 1 << 16)
                for _ in 0..<8 { try connection.sendChunk(ChatServer.event(piece)) }
                connection.waitUntilClientCloses()
            }
            let path = sandbox.root.appending(path: "pipe").path
            #expect(mkfifo(path, 0o600) == 0)
            // Open for both, so that nobody waits for the other side; never read from.
            let pipe = open(path, O_RDWR | O_CLOEXEC)
            defer { close(pipe) }
            let running = try sandbox.start(
                ["-c", "exec \"$0\" chat -s a x > \"$1\"", Sandbox.binary, path], program: "/bin/sh",
                environment: server.environment)
            try await eventually {
                var waiting: Int32 = 0
                return ioctl(pipe, UInt(FIONREAD), &waiting) == 0 && waiting > 0
            }
            kill(running.id, SIGTERM)
            kill(running.id, SIGINT)
            let run = try await running.finish()
            #expect(run.signal == SIGTERM || run.signal == SIGINT, "\(run)")
            #expect(try sandbox.contents("a").last?.hasPrefix("xxxx") == true)
        }

        @Test("Ctrl-C again a second later means now, also while a save waits for a lock; it says what is lost")
        func now() async throws {
            let server = try stalling()
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: server.environment)
            try terminal.wait(for: "> ")
            try terminal.type("x\r")
            try terminal.wait(for: "arrived")
            let locks = try holdLocks()
            defer { for lock in locks { close(lock) } }
            try terminal.type("\u{3}")
            // A press that comes at once is the same press.
            try terminal.type("\u{3}")
            try terminal.type("\u{3}")
            try await eventually {
                // The keys of an impatient person.
                try terminal.type("\u{3}")
                return (try? terminal.wait(for: "NOT SAVED", seconds: 1)) != nil
            }
            #expect(try terminal.waitForEnd() == .signal(SIGINT))
            #expect(try sandbox.document("a")["pendingCount"] as? Int == 1)
        }

        /// Takes every lock of the sessions directory.
        private func holdLocks() throws -> [Int32] {
            let directory = sandbox.sessions.path + "/.locks"
            return try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasSuffix(".live") }
                .map { name in
                    let file = open("\(directory)/\(name)", O_RDWR | O_CLOEXEC)
                    try #require(file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0)
                    return file
                }
        }

        /// A service that begins an answer and then waits for the client to go.
        private func stalling() throws -> ChatServer {
            try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("What had arrived"))
                connection.waitUntilClientCloses()
            }
        }
    }
}
