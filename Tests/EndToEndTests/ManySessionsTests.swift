import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("A sessions directory with 100,000 files")
    struct ManySessionsTests {
        /// For each command a time that only one that hangs, or reads everything again and again, could take.
        private static let seconds = "120"
        private static let counts = PromiseCounts("100,000 files: commands end")
        private static let size = 100_000

        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// Fills a directory with copies of a session under other ids.
        private func fill(_ directory: URL) async throws {
            try await sandbox.run("chat", "-s", "s", "Hello", environment: ["SESH_DIR": directory.path])
            let document = try Data(contentsOf: directory.appending(path: "s.json"))
            for number in 0..<Self.size {
                let path = directory.path + "/s\(number).json"
                let file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
                try #require(file >= 0)
                _ = document.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
                close(file)
            }
        }

        @Test("hinders no command")
        func commands() async throws {
            // Not in the sandbox, all files of which are looked at after each run.
            let directory = FileManager.default.temporaryDirectory.appending(path: "sesh-many-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: directory) }
            try await fill(directory)
            let file = sandbox.root.appending(path: "exported.json")
            try Data(#"[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]"#.utf8).write(to: file)
            let commands: [([String], (Sandbox.Run) -> Bool)] = [
                (["history", "s5"], { $0.output.contains("Hello") }),
                (["history", "s-5"], { $0.status == 66 }),
                (["chat", "-s", "s5", "More"], { $0.output == "More\n" }),
                (["chat", "-s", "another", "More"], { $0.output == "More\n" }),
                (["chat", "-c", "And more"], { $0.output == "And more\n" }),
                (["rename", "s6", "renamed"], { $0.status == 0 }), (["fork", "s7", "forked"], { $0.status == 0 }),
                (["undo", "s8"], { $0.status == 0 }), (["redo", "s8"], { $0.status == 0 }),
                (["reset", "s9"], { $0.status == 0 }), (["delete", "s10"], { $0.status == 0 }),
                (["export", "s11"], { $0.output.contains("Hello") }),
                (["import", "-s", "imported", file.path], { $0.status == 0 }),
                (["list", "--limit", "3"], { $0.output.split(separator: "\n").count == 3 }),
                (["list"], { $0.output.split(separator: "\n").count == Self.size + 3 }),
                (["prune", "--older-than", "1y"], { $0.status == 0 && $0.output == "" }),
            ]
            for (arguments, isRight) in commands {
                let start = ContinuousClock.now
                let run = try await sandbox.start(
                    ["timeout", Self.seconds, Sandbox.binary] + arguments, program: "/usr/bin/env",
                    environment: ["SESH_DIR": directory.path]
                ).finish()
                print("100,000 files: \(arguments.joined(separator: " ")): \(ContinuousClock.now - start)")
                #expect(Self.counts.add(isRight(run)), "\(arguments): \(run.status ?? -1) \(run.errors)")
            }
        }
    }
}
