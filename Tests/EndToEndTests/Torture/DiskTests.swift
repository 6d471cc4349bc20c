import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("On real disks", .enabled(if: DiskImage.obstacle == nil, "\(DiskImage.obstacle ?? "")"))
    struct DiskTests {
        let sandbox: Sandbox
        let memory: MemoryDirectory

        init() throws {
            sandbox = try Sandbox()
            memory = try MemoryDirectory()
        }

        @Test(
            "A full disk: NOT SAVED, 74, the session stands, and goes on when there is room",
            arguments: FileSystem.allCases)
        func full(fileSystem: FileSystem) async throws {
            let counts = PromiseCounts("a full disk: NOT SAVED, nothing lost, and on when there is room")
            let (disk, sessions) = try disk(fileSystem)
            let (server, gate) = try slowService()
            let environment = server.environment.merging(sessions) { $1 }
            #expect(try await sandbox.run("chat", "-s", "a", "One", environment: sessions).status == 0)

            // Full before the prompt is sent.
            let before = try Data(contentsOf: file(disk, "a"))
            try disk.fill()
            let large = String(repeating: "x", count: 1 << 20)
            let refused = try await sandbox.run("chat", "-s", "a", input: large, environment: sessions)
            #expect(
                refused.status == 74 && refused.errors.contains("NOT SAVED") && refused.output.isEmpty,
                "\(refused.errors)")
            #expect(try Data(contentsOf: file(disk, "a")) == before)
            let history = try await sandbox.run("history", "a", environment: sessions)
            #expect(history.status == 0 && history.output.contains("One"))
            try disk.makeRoom()

            // Full while the answer comes.
            let running = try sandbox.start(["chat", "-m", "openai:test", "-s", "a", "Two"], environment: environment)
            try await eventually { running.outputSoFar == "Begun " }
            try disk.fill()
            gate.open()
            let cut = try await running.finish()
            #expect(cut.status == 74 && cut.errors.contains("NOT SAVED") && !cut.output.hasSuffix("\n"))
            var state = try #require(try StoredState(file: file(disk, "a").path))
            #expect(state.prompts == ["One"] && state.pending == ["Two"])
            try disk.makeRoom()

            // The same words again take the prompt up.
            #expect(try await sandbox.run("chat", "-m", "echo", "-s", "a", "Two", environment: sessions).status == 0)
            state = try #require(try StoredState(file: file(disk, "a").path))
            #expect(counts.add(state.prompts == ["One", "Two"] && state.pending.isEmpty))
            try expectNothingLeft(disk)
        }

        @Test(
            "A disk that turns read-only between two turns: NOT SAVED, 74, readable, and on when it can be written",
            arguments: FileSystem.allCases)
        func readOnly(fileSystem: FileSystem) async throws {
            let counts = PromiseCounts("a read-only disk: NOT SAVED, nothing lost, and on when it can be written")
            let (disk, sessions) = try disk(fileSystem)
            let pipe = sandbox.root.appending(path: "prompts").path
            #expect(mkfifo(pipe, 0o600) == 0)
            let running = try sandbox.start(
                ["-c", "exec \"$0\" chat -s a --lines < \"$1\"", Sandbox.binary, pipe], program: "/bin/sh",
                environment: sessions)
            let prompts = try #require(FileHandle(forUpdatingAtPath: pipe))
            try prompts.write(contentsOf: Data("One\n".utf8))
            try await eventually { running.outputSoFar == "One\n" }
            let before = try Data(contentsOf: file(disk, "a"))
            // Refused while anything is open for writing: the turn has let go of everything, or this fails.
            try disk.remount(readOnly: true)
            try prompts.write(contentsOf: Data("Two\n".utf8))
            let run = try await running.finish()
            try prompts.close()
            #expect(run.status == 74 && run.errors.contains("NOT SAVED") && run.output == "One\n", "\(run)")
            #expect(try Data(contentsOf: file(disk, "a")) == before)
            for command in ["reset", "delete"] {
                #expect(try await sandbox.run(command, "a", environment: sessions).status == 74)
            }
            let history = try await sandbox.run("history", "a", environment: sessions)
            #expect(history.status == 0 && history.output.contains("One"))
            try disk.remount(readOnly: false)
            #expect(try await sandbox.run("chat", "-s", "a", "Two", environment: sessions).status == 0)
            #expect(counts.add(try StoredState(file: file(disk, "a").path)?.prompts == ["One", "Two"]))
            try expectNothingLeft(disk)
        }

        @Test(
            "A disk that fails under an answer: NOT SAVED, 74, and what was acknowledged is there when it is back",
            arguments: FileSystem.allCases.filter { $0.failure != nil })
        func failing(fileSystem: FileSystem) async throws {
            let counts = PromiseCounts("a disk that fails under an answer: NOT SAVED, nothing lost")
            let (disk, sessions) = try disk(fileSystem)
            let (server, gate) = try slowService()
            #expect(try await sandbox.run("chat", "-s", "a", "One", environment: sessions).status == 0)
            let running = try sandbox.start(
                ["chat", "-m", "openai:test", "-s", "a", "Two"],
                environment: server.environment.merging(sessions) { $1 })
            try await eventually { running.outputSoFar == "Begun " }
            try disk.fail()
            gate.open()
            let run = try await running.finish()
            #expect(run.status == 74 && run.errors.contains("NOT SAVED") && !run.output.hasSuffix("\n"), "\(run)")
            try disk.unmount()
            try disk.mount()
            let state = try #require(try StoredState(file: file(disk, "a").path))
            #expect(state.prompts == ["One"] && state.pending == ["Two"])
            #expect(try await sandbox.run("chat", "-m", "echo", "-s", "a", "Two", environment: sessions).status == 0)
            #expect(counts.add(try StoredState(file: file(disk, "a").path)?.prompts == ["One", "Two"]))
            try expectNothingLeft(disk)
        }

        private func disk(_ fileSystem: FileSystem) throws -> (DiskImage, environment: [String: String]) {
            try DiskImage.require(fileSystem)
            let disk = try DiskImage(fileSystem, in: memory.path, name: "disk")
            return (disk, ["SESH_DIR": disk.path + "/sessions"])
        }

        private func file(_ disk: DiskImage, _ id: String) -> URL { URL(filePath: "\(disk.path)/sessions/\(id).json") }

        /// A service that begins its answer, waits, and then says more than a nearly full disk has room for.
        private func slowService() throws -> (ChatServer, Gate) {
            let gate = Gate()
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Begun ") + ChatServer.event("and "))
                gate.wait()
                for _ in 0..<64 { try connection.sendChunk(ChatServer.event(String(repeating: "y", count: 1 << 14))) }
                try connection.sendChunk(ChatServer.end)
                try connection.endChunks()
            }
            return (server, gate)
        }

        private func expectNothingLeft(_ disk: DiskImage) throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: disk.path + "/sessions")
            #expect(names.sorted() == [".locks", "a.json"])
        }
    }
}
