import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("When the disk fails at a certain call")
    struct StoreFaultTests {
        let sandbox: Sandbox
        let interposer: Interposer?

        init() throws {
            sandbox = try Sandbox()
            interposer = try Interposer(in: sandbox.root.path)
            if interposer == nil {
                print("NOT TESTED: a disk that fails, since there is no C compiler or no LD_PRELOAD")
            }
        }

        private var log: URL { sandbox.root.appending(path: "calls.log") }

        /// Runs the program with calls that fail, or that it does not survive.
        private func run(
            _ arguments: String..., fault: String? = nil, kill: Int? = nil, in directory: URL? = nil,
            with interposer: Interposer
        ) async throws -> Sandbox.Run {
            var environment = interposer.environment(
                root: (directory?.deletingLastPathComponent() ?? sandbox.sessions).path, log: log.path, fault: fault,
                kill: kill)
            environment["SESH_DIR"] = directory?.appending(path: "deep/sessions").path
            return try await sandbox.start(arguments, environment: environment).finish()
        }

        /// The calls of a run without faults, by kind.
        private func calls(_ arguments: String..., with interposer: Interposer) async throws -> [String: Int] {
            try? FileManager.default.removeItem(at: log)
            let run = try await sandbox.start(
                arguments, environment: interposer.environment(root: sandbox.sessions.path, log: log.path)
            ).finish()
            #expect(run.status == 0, "\(run)")
            return CallLog(log).counts
        }

        @Test("Directories that a killed process made are durable before the next one says that a turn is saved")
        func directories() async throws {
            guard let interposer else { return }
            let memory = try sandbox.directoryInMemory()
            defer { try? FileManager.default.removeItem(at: memory) }
            var kill = 1
            while true {
                let directory = memory.appending(path: "\(kill)/new")
                try FileManager.default.createDirectory(
                    at: directory.deletingLastPathComponent(), withIntermediateDirectories: true)
                try? FileManager.default.removeItem(at: log)
                let first = try await run("chat", "-s", "a", "Hi", kill: kill, in: directory, with: interposer)
                guard first.signal == SIGKILL else {
                    #expect(first.status == 0 && kill > 10, "\(first)")
                    break
                }
                let second = try await run("chat", "-s", "a", "Hi", in: directory, with: interposer)
                #expect(second.status == 0, "\(second)")
                let waiting = CallLog(log).unsynchronizedDirectories.filter { !$0.hasSuffix("/.locks") }
                #expect(waiting.isEmpty, "killed before change \(kill)")
                kill += 1
            }
        }

        @Test(
            "An I/O error at any look at a session is no missing session and no busy one: 74, NOT SAVED",
            arguments: ["open", "stat", "read", "flock"])
        func looks(kind: String) async throws {
            guard let interposer else { return }
            try await sandbox.run("chat", "-s", "a", "One")
            let count = try #require(try await calls("chat", "-s", "a", "Two", with: interposer)[kind])
            for number in 1...count {
                let run = try await run("chat", "-s", "a", "Two", fault: "\(kind) \(number) 1000 5", with: interposer)
                // What is only cleared away once all is saved may fail.
                if run.status == 0, run.output == "Two\n" { continue }
                #expect(run.status == 74 && run.errors.contains("NOT SAVED"), "\(kind) \(number): \(run)")
            }
        }

        @Test("An I/O error on reading a history is 74, not 66", arguments: ["open", "stat", "read"])
        func reading(kind: String) async throws {
            guard let interposer else { return }
            try await sandbox.run("chat", "-s", "a", "One")
            let count = try #require(try await calls("history", "a", with: interposer)[kind])
            for number in 1...count {
                let run = try await run("history", "a", fault: "\(kind) \(number) 1 5", with: interposer)
                #expect(run.status == 74, "\(kind) \(number): \(run)")
            }
        }

        @Test("A write that writes nothing is an error, not a reason to try for ever")
        func emptyWrites() async throws {
            guard let interposer else { return }
            let run = try await run("chat", "-s", "a", "One", fault: "write 1 1000 -1", with: interposer)
            #expect(run.status == 74 && run.errors.contains("NOT SAVED"), "\(run)")
            #expect(!FileManager.default.fileExists(atPath: sandbox.file("a").path))
        }

        @Test("A setting that is there already is acknowledged only once the directory is durable")
        func unchangedSettings() async throws {
            guard let interposer else { return }
            try await sandbox.run("chat", "-s", "a", "One")
            let first = try sandbox.terminal("chat", "-s", "a")
            try first.wait(for: "a> ")
            try first.say("/title T", "The title is now: T", "a> ")
            try first.leave()
            let second = try sandbox.terminal(
                "chat", "-s", "a",
                environment: interposer.environment(root: sandbox.sessions.path, fault: "fsync 1 1 5"))
            try second.wait(for: "a> ")
            try second.say("/title T", "NOT SAVED", "a> ")
            try second.say("/title T", "The title is now: T", "a> ")
            try second.leave()
        }

        @Test(
            "A rename whose directory can't be made durable is NOT SAVED, and the conversation goes on in the new name")
        func renamesWithoutSync() async throws {
            guard let interposer else { return }
            try await sandbox.run("chat", "-s", "a", "One")
            let terminal = try sandbox.terminal(
                "chat", "-s", "a",
                environment: interposer.environment(root: sandbox.sessions.path, fault: "fsync 1 1 5"))
            try terminal.wait(for: "a> ")
            try terminal.say("/rename b", "NOT SAVED", "b> ")
            try terminal.say("Two", "b> ")
            try terminal.leave()
            #expect(try sandbox.contents("b") == ["One", "One", "Two", "Two"])
            #expect(!FileManager.default.fileExists(atPath: sandbox.file("a").path))
        }

        /// A file system whose renames can't spare what is there (renameat2(2)): ENOSYS, or EINVAL from NFS and others.
        @Test("Without exclusive renames a new session gets its name by a link", arguments: [ENOSYS, EINVAL])
        func links(code: Int32) async throws {
            guard let interposer else { return }
            let made = try await run("chat", "-s", "a", "One", fault: "rename 1 1 \(code)", with: interposer)
            #expect(made.status == 0, "\(made)")
            #expect(CallLog(log).counts["link"] == 1)
            #expect(try sandbox.contents("a") == ["One", "One"])
            let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path)
            #expect(names.sorted() == [".locks", "a.json"])
        }

        @Test("A name by a link that is only half given is taken back: NOT SAVED, no session, no error the next time")
        func halfLinks() async throws {
            guard let interposer else { return }
            for fault in ["rename 1 1 38;unlink 1 1 5", "rename 1 1 38;link 1 1 5"] {
                let run = try await run("chat", "-s", "a", "One", fault: fault, with: interposer)
                #expect(run.status == 74 && run.errors.contains("NOT SAVED"), "\(run)")
                let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path)
                #expect(names == [".locks"])
            }
            #expect(try await sandbox.run("chat", "-s", "a", "One").status == 0)
            #expect(try sandbox.contents("a") == ["One", "One"])
        }
    }
}
