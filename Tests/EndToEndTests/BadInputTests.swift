import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Bad input: one clear line, the right exit code, nothing lost")
    struct BadInputTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private func expectOneLine(
            _ run: Sandbox.Run, _ status: Int32, _ words: String..., location: SourceLocation = #_sourceLocation
        ) {
            #expect(run.status == status, "\(run)", sourceLocation: location)
            let lines = run.errors.split(separator: "\n").filter { $0.hasPrefix("sesh: ") }
            #expect(lines.count == 1, "\(run)", sourceLocation: location)
            for word in words { #expect(run.errors.contains(word), "\(run)", sourceLocation: location) }
            #expect(!run.errors.contains("sk-canary"), "\(run)", sourceLocation: location)
        }

        @Test("A sessions directory that can't be made or is no directory")
        func noDirectory() async throws {
            let file = sandbox.root.appending(path: "file")
            try Data().write(to: file)
            for path in [file.path, file.path + "/below", "/proc/sesh"] {
                let run = try await sandbox.run("chat", "-s", "a", "x", environment: ["SESH_DIR": path])
                #expect(run.status == 74 || run.status == 78, "\(run)")
                expectOneLine(run, run.status ?? 0, path)
                #expect(run.output == "")
            }
        }

        @Test("A full disk: NOT SAVED, and the old document stands")
        func fullDisk() async throws {
            // /dev/full has no directory; a file-size limit gives EFBIG through the same path, without a device of its own.
            try await sandbox.run("chat", "-s", "a", "One")
            let before = try Data(contentsOf: sandbox.file("a"))
            let run = try await sandbox.limited(
                fileBlocks: 8, "chat", "-s", "a", input: String(repeating: "x", count: 60_000))
            expectOneLine(run, 74, "NOT SAVED")
            #expect(try Data(contentsOf: sandbox.file("a")) == before)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path).sorted() == [
                    ".locks", "a.json",
                ])
        }
    }
}

extension Sandbox {
    /// Runs the program with a limit on the size of the files it writes.
    ///
    /// - Parameter fileBlocks: the limit in blocks of 512 or 1024 bytes, as the shell counts them.
    func limited(fileBlocks: Int, _ arguments: String..., input: String) async throws -> Run {
        // SIGXFSZ would kill; ignored, the write fails like one on a full disk.
        let script = "trap '' XFSZ; ulimit -f \(fileBlocks); exec \"$0\" \"$@\""
        return try await start(["-c", script, Self.binary] + arguments, program: "/bin/sh", input: Data(input.utf8))
            .finish()
    }
}
