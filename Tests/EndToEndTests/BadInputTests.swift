import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Disks that take nothing: one clear line, the right exit code, nothing lost")
    struct BadInputTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("A sessions directory that can't be made or is no directory")
        func noDirectory() async throws {
            let file = sandbox.root.appending(path: "file")
            try Data().write(to: file)
            for path in [file.path, file.path + "/below", "/proc/sesh"] {
                let run = try await sandbox.run("chat", "-s", "a", "x", environment: ["SESH_DIR": path])
                #expect(run.status == 74 || run.status == 78, "\(run)")
                #expect(run.errors.hasPrefix("sesh: ") && run.errors.contains(path), "\(run)")
                #expect(run.errors.split(separator: "\n").count == 1 && run.output == "", "\(run)")
            }
        }

        @Test("A full disk: NOT SAVED, and the old document stands")
        func fullDisk() async throws {
            // /dev/full has no directory; a file-size limit gives EFBIG through the same path, without a device of its own.
            try await sandbox.run("chat", "-s", "a", "One")
            let before = try Data(contentsOf: sandbox.file("a"))
            let run = try await sandbox.limited(
                fileBlocks: 8, "chat", "-s", "a", input: String(repeating: "x", count: 60_000))
            #expect(run.status == 74 && run.errors.contains("NOT SAVED"), "\(run)")
            #expect(run.errors.split(separator: "\n").count == 1, "\(run)")
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
