import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Bad session files: a clear error, and no more memory than the file and 64 MB")
    struct BadFileTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let head =
            #"{"format":"sesh.session/1","id":"bad","title":null,"preview":"x","#
            + #""createdAt":"2026-11-21T02:15:00.000Z","updatedAt":"2026-11-21T02:16:00.000Z","model":null,"#
            + #""messageCount":2,"pendingCount":0,"revision":3,"#
            + "\n\"settings\":{},\n\"pending\":[],\n\"undone\":[],\n"

        /// Writes a session file from pieces that are repeated.
        private func write(_ pieces: [(text: String, times: Int)]) throws -> Int {
            try FileManager.default.createDirectory(
                at: sandbox.sessions, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data().write(to: sandbox.file("bad"))
            let file = try FileHandle(forWritingTo: sandbox.file("bad"))
            defer { try? file.close() }
            var size = 0
            for (text, times) in pieces {
                let together = max(1, min(times, (1 << 20) / max(1, text.utf8.count)))
                let block = Data(String(repeating: text, count: together).utf8)
                for start in stride(from: 0, to: times, by: together) {
                    let part = block.prefix(min(together, times - start) * text.utf8.count)
                    try file.write(contentsOf: part)
                    size += part.count
                }
            }
            return size
        }

        private static let gigabyte = 1 << 30

        private static let big: [(name: String, pieces: [(String, Int)])] = [
            ("one line of 1 GB", [("a", gigabyte)]),
            ("1 GB of white space", [(" ", gigabyte)]),
            ("1 GB of line breaks", [("\n", gigabyte)]),
            ("1 GB of NUL bytes", [("\0", gigabyte)]),
            (
                "a string of 1 GB without an end",
                [(head + "\"messages\":[\n{\"role\":\"user\",\"content\":\"", 1), ("a", gigabyte)]
            ),
            (
                "a message of 1 GB",
                [(head + "\"messages\":[\n{\"role\":\"user\",\"content\":\"", 1), ("a", gigabyte), ("\"}\n]}\n", 1)]
            ),
            (
                "escapes of 1 GB",
                [
                    (head + "\"messages\":[\n{\"role\":\"user\",\"content\":\"", 1), ("\\n", gigabyte / 2),
                    ("\"}\n]}\n", 1),
                ]
            ),
            (
                "a 1 GB number",
                [(#"{"format":"sesh.session/1","revision":"#, 1), ("9", gigabyte), (#","messages":[]}"#, 1)]
            ),
            ("a 1 GB name", [(#"{"format":"sesh.session/1",""#, 1), ("n", gigabyte), (#"":0,"messages":[]}"#, 1)]),
            (
                "brackets nested a million deep",
                [(head + "\"x\":", 1), ("[", 1_000_000), ("]", 1_000_000), (",\"messages\":[]}", 1)]
            ),
            ("objects nested a million deep", [(head + "\"x\":", 1), ("{\"a\":", 1_000_000)]),
            ("only opening brackets", [("[", 1_000_000)]),
            (
                "a million members",
                [(head + "\"x\":{", 1)] + (0..<100_000).map { ("\"\($0)\":0,", 1) } + [("\"n\":0},\"messages\":[]}", 1)]
            ),
            ("a million lines of headers", [(head, 1), ("\"a\":0,\n", 10_000_000)]),
        ]

        @Test("Huge ones", arguments: big)
        func huge(_ file: (name: String, pieces: [(String, Int)])) async throws {
            let counts = PromiseCounts("a huge bad file: an error within its size + 64 MB")
            let size = try write(file.pieces)
            for arguments in [["history", "bad"], ["history", "--last", "3", "bad"], ["chat", "-s", "bad", "x"]] {
                let (run, peak) = try await sandbox.measured(arguments)
                #expect(run.status == 65 && run.output == "", "\(arguments): \(run)")
                #expect(run.errors.contains("bad.json") && run.errors.contains(/line \d+, column \d+/), "\(run)")
                #expect(run.errors.utf8.count < 1000)
                #expect(peak < size + 64_000_000, "\(file.name), \(arguments): \(peak) bytes for a file of \(size)")
                counts.add(run.status == 65 && peak < size + 64_000_000)
            }
            let (list, peak) = try await sandbox.measured(["list", "--json"])
            #expect(list.status == 0 && list.output.contains("\"id\":\"bad\""), "\(list)")
            #expect(peak < size + 64_000_000, "\(file.name), list: \(peak) bytes for a file of \(size)")
        }

        @Test(
            "One that is larger than the memory there is: every command that meets it goes on with the others",
            arguments: ["", "{\"format\":\"sesh.session/1\",\"messages\":[" + String(repeating: " ", count: 5000)])
        func largerThanMemory(_ beginning: String) async throws {
            try await sandbox.run("chat", "-s", "good", "Hello")
            try Data(beginning.utf8).write(to: sandbox.file("zz"))
            let file = try FileHandle(forWritingTo: sandbox.file("zz"))
            try file.truncate(atOffset: 3 << 30)
            try file.close()
            for (arguments, status) in [
                (["list"], 0), (["list", "--json"], 0), (["chat", "-c", "again"], 0),
                (["prune", "--keep", "5"], beginning.isEmpty ? 0 : 74),
                (["history", "zz"], beginning.isEmpty ? 65 : 74),
            ] {
                let script = "ulimit -v 2000000; exec \"$0\" \"$@\""
                let run = try await sandbox.start(["-c", script, Sandbox.binary] + arguments, program: "/bin/sh")
                    .finish()
                #expect(run.status == Int32(status), "\(arguments): \(run)")
            }
            #expect(try sandbox.contents("good") == ["Hello", "Hello", "again", "again"])
        }

        @Test("A million tiny messages, which name no turn, are counted for the list without being kept")
        func tinyMessages() async throws {
            try await sandbox.run("chat", "-s", "good", "Hello")
            let line = #"{"role":"user","content":""},"#
            let text =
                #"{"format":"sesh.session/1","messages":["# + String(repeating: line, count: 999_999) + line.dropLast()
                + "]}"
            try Data(text.utf8).write(to: sandbox.file("tiny"))
            let (list, peak) = try await sandbox.measured(["list", "--json"])
            #expect(list.status == 0 && list.output.contains("1000000"), "\(list)")
            #expect(peak < text.utf8.count + 64_000_000, "\(peak) bytes for a file of \(text.utf8.count)")
        }

        @Test("An endless prompt is refused before it fills the memory")
        func endlessPrompt() async throws {
            for arguments in [["chat", "-s", "a"], ["chat", "-s", "a", "--lines"]] {
                let script = "yes aaaaaaaaaaaaaaaa | tr -d '\\n' | \"$0\" \"$@\""
                let run = try await sandbox.start(["-c", script, Sandbox.binary] + arguments, program: "/bin/sh")
                    .finish()
                #expect(run.status == 65 && run.errors.contains("64 MiB"), "\(run)")
            }
            #expect(!FileManager.default.fileExists(atPath: sandbox.file("a").path))
        }
    }
}
