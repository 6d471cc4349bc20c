import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Limits of a process, and surroundings that lack something")
    struct StarvationTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// Either the answer is there and kept, or a message says why it is not, with an exit code that says what to do.
        private func check(_ run: Sandbox.Run, _ id: String, _ comment: Comment) throws {
            switch run.status {
            case 0?:
                #expect(run.output == "one two\n", comment)
                #expect(try sandbox.contents(id) == ["x", "one two"], comment)
            case 69?, 74?, 75?: #expect(run.errors.hasPrefix("sesh: ") && !run.output.hasSuffix("\n"), comment)
            default: Issue.record(comment)
            }
        }

        @Test("Any number of threads: an answer, or a message and the exit code for it; never a hang")
        func threads() async throws {
            guard let library = try PreloadedLibrary("threads", in: sandbox.root.path) else { return }
            let server = try ChatServer(answering: { _ in "one two" })
            var successes = 0
            for most in 0..<9 {
                var environment = server.environment
                (environment["LD_PRELOAD"], environment["THREADS_MOST"]) = (library.path, "\(most)")
                let running = try sandbox.start(["chat", "-q", "-s", "a\(most)", "x"], environment: environment)
                let run = try await finish(running)
                try check(run, "a\(most)", "\(most) threads: \(run)")
                if run.status == 0 { successes += 1 }
            }
            #expect(successes > 0 && successes < 9)
        }

        @Test("Any number of threads, and somebody else has the lock or there are many sessions: never a hang")
        func threadsForLocksAndLists() async throws {
            guard let library = try PreloadedLibrary("threads", in: sandbox.root.path) else { return }
            try await sandbox.run("chat", "-q", "-m", "echo", "-s", "a", "one")
            let file = sandbox.sessions.appending(path: "a.json")
            for number in 0..<600 {
                try FileManager.default.copyItem(at: file, to: sandbox.sessions.appending(path: "b\(number).json"))
            }
            let locks = sandbox.sessions.appending(path: ".locks")
            for most in 0..<9 {
                let environment = ["LD_PRELOAD": library.path, "THREADS_MOST": "\(most)"]
                let list = try await finish(sandbox.start(["list"], environment: environment))
                #expect(
                    list.status == 0 && list.output.split(separator: "\n").count == 601,
                    "\(most) threads: \(list.errors)")
                let held = try FileManager.default.contentsOfDirectory(atPath: locks.path).map {
                    open(locks.appending(path: $0).path, O_RDWR)
                }
                for descriptor in held { flock(descriptor, LOCK_EX) }
                let chat = try sandbox.start(
                    ["chat", "-q", "-m", "echo", "-s", "a", "x\(most)"], environment: environment)
                // Time to come to the lock; a program that is later finds it free, and the test shows less.
                try await Task.sleep(for: .milliseconds(200))
                for descriptor in held { close(descriptor) }
                let run = try await finish(chat)
                #expect(run.status == 0 && run.output == "x\(most)\n" || run.status == 75, "\(most) threads: \(run)")
            }
        }

        @Test("The fewest threads with which a chat goes: signals are heard, and what had arrived is kept")
        func signalsWithFewThreads() async throws {
            guard let library = try PreloadedLibrary("threads", in: sandbox.root.path) else { return }
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("one") + ChatServer.event(" two"))
                connection.waitUntilClientCloses()
            }
            var environment = server.environment
            environment["LD_PRELOAD"] = library.path
            for most in 3..<9 {
                environment["THREADS_MOST"] = "\(most)"
                let running = try sandbox.start(["chat", "-q", "-s", "a\(most)", "x"], environment: environment)
                try await eventually { running.outputSoFar == "one" || kill(running.id, 0) != 0 }
                kill(running.id, SIGTERM)
                let run = try await finish(running)
                if run.output.isEmpty { continue }
                #expect(run.signal == SIGTERM && run.output == "one two\n", "\(most) threads: \(run)")
                #expect(try sandbox.contents("a\(most)") == ["x", "one two"])
                return
            }
            Issue.record("no number of threads is enough for a chat")
        }

        @Test("Any number of descriptors: an answer, or a message and the exit code for it; never a crash")
        func descriptors() async throws {
            let server = try ChatServer(answering: { _ in "one two" })
            var successes = 0
            for most in 5..<24 {
                let running = try sandbox.start(
                    ["-c", "ulimit -n \(most); exec \"$0\" chat -q -s a\(most) x", Sandbox.binary], program: "/bin/sh",
                    environment: server.environment)
                let run = try await finish(running)
                try check(run, "a\(most)", "\(most) descriptors: \(run)")
                if run.status == 0 { successes += 1 }
            }
            #expect(successes > 0 && successes < 19)
        }

        @Test("A file that grows too large for ulimit -f: NOT SAVED, 74, and nothing is left behind")
        func fileSize() async throws {
            #expect(try await sandbox.run("chat", "-q", "-s", "a", "before").status == 0)
            let run = try await sandbox.start(
                ["-c", "ulimit -f 8; exec \"$0\" chat -q -s a", Sandbox.binary], program: "/bin/sh",
                input: Data(repeating: UInt8(ascii: "q"), count: 40_000)
            ).finish()
            #expect(run.status == 74 && run.errors.contains("NOT SAVED") && run.output.isEmpty, "\(run)")
            #expect(try sandbox.contents("a") == ["before", "before"])
            let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path)
            #expect(names.sorted() == [".locks", "a.json"])
        }

        @Test("Without /proc: the command line is what was typed")
        func withoutProc() async throws {
            let script = "umount -l /proc && exec \"$0\" chat -q -s a"
            let isPossible =
                try await sandbox.start(["-m", "umount", "-l", "/proc"], program: "/usr/bin/unshare")
                .finish().status == 0
            guard isPossible else {
                print("NOT TESTED: a program without /proc, since it can't be taken away here")
                return
            }
            let run = try await sandbox.start(
                ["-m", "sh", "-c", script, Sandbox.binary], program: "/usr/bin/unshare", input: Data("precious\n".utf8)
            ).finish()
            #expect(run.status == 0 && run.output == "precious\n", "\(run)")
            #expect(try sandbox.contents("a") == ["precious", "precious"])
        }

        /// Waits for the end of a run that may hang.
        private func finish(_ running: Sandbox.Running) async throws -> Sandbox.Run {
            let guardian = Task {
                try await Task.sleep(for: .seconds(30))
                kill(running.id, SIGKILL)
            }
            defer { guardian.cancel() }
            return try await running.finish()
        }
    }
}
