import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("What others could have written is not obeyed, and what was a person's stays theirs")
    struct TrustTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private func shell(_ script: String, _ arguments: String...) async throws -> Sandbox.Run {
            try await sandbox.start(["-c", script, Sandbox.binary] + arguments, program: "/bin/sh").finish()
        }

        @Test("A configuration that others can write to, or that is another user's, is refused with the way out")
        func configuration() async throws {
            let environment = try sandbox.configure(#"{"model":"echo"}"#)
            let path = try #require(environment["SESH_CONFIG"])
            func chat() async throws -> Sandbox.Run { try await sandbox.run("chat", "x", environment: environment) }
            // As umask 002 leaves it: the group is the user's own.
            chmod(path, 0o664)
            #expect(try await chat().status == 0)
            let isRoot = getuid() == 0
            for (mode, group) in [(0o666, getegid()), (0o602, getegid())] + (isRoot ? [(0o620, 12345)] : []) {
                #expect(chown(path, getuid(), group) == 0)
                chmod(path, mode_t(mode))
                let run = try await chat()
                #expect(run.status == 78 && run.output == "" && run.errors.contains(path), "\(run)")
                let command = try #require(run.errors.split(separator: ": ").last)
                #expect(try await shell(String(command)).status == 0)
                let mended = try await chat()
                #expect(mended.status == 0, "\(mended)")
            }
            guard isRoot, chown(path, 12345, 12345) == 0 else { return }
            let run = try await chat()
            #expect(run.status == 78 && run.errors.contains("12345") && run.errors.contains("chown 0 '"), "\(run)")
        }

        @Test("The pager gets no variable that may hold a key where the configuration can't be read")
        func pagerWithoutConfiguration() throws {
            let seen = sandbox.root.appending(path: "seen")
            let script = sandbox.root.appending(path: "pager")
            try "#!/bin/sh\nenv > \(seen.path); cat > /dev/null\n".write(to: script, atomically: true, encoding: .utf8)
            chmod(script.path, 0o755)
            var environment = try sandbox.configure(#"{"providers":{"mine":{"keyVariable":"MY_SECRET"}}, oops"#)
            let chat = try sandbox.terminal("chat", "-s", "a", String(repeating: "line\n", count: 60))
            #expect(try chat.waitForEnd() == .status(0))
            environment.merge(["MY_SECRET": "sk-mine", "PAGER": script.path, "LESSCHARSET": "utf-8"]) { $1 }
            let history = try sandbox.terminal("history", "a", environment: environment)
            #expect(try history.waitForEnd() == .status(0))
            let variables = try String(contentsOf: seen, encoding: .utf8)
            #expect(!variables.contains("sk-mine") && variables.contains("LESSCHARSET=utf-8"), "\(variables)")
        }

        @Test("What a fork that was killed left of a copy goes with the copy's name or with the original")
        func remains() async throws {
            func leave() throws {
                try Data("secret words".utf8).write(to: sandbox.sessions.appending(path: ".copy.tmp"))
            }
            func names() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path).filter { $0 != ".locks" }
            }
            try await sandbox.run("chat", "-s", "b", "secret words")
            try leave()
            let copy = try await sandbox.run("delete", "copy")
            #expect(copy.status == 0 && copy.errors.contains("copy"), "\(copy)")
            #expect(try names() == ["b.json"])
            #expect(try await sandbox.run("delete", "copy").status == 66)
            try leave()
            #expect(try await sandbox.run("delete", "-y", "b").status == 0)
            #expect(try names() == [])
        }

        @Test("A session that is deleted while a chat begins is made again, never missed")
        func deletedMeanwhile() async throws {
            let script = """
                "$0" chat -q -s a first >/dev/null || exit 99
                (while :; do rm -f "$HOME/.sessions/a.json"; sleep 0.01; done) & vandal=$!
                for turn in $(seq 60); do "$0" chat -q -s a "turn $turn" >/dev/null 2>&1; echo $?; done
                kill $vandal
                """
            let run = try await shell(script)
            let codes = Set(run.output.split(separator: "\n"))
            #expect(codes.contains("0") && codes.isSubset(of: ["0", "74"]), "\(run)")
        }

        @Test("A session of very many small messages is exported without a copy of each")
        func manySmallMessages() async throws {
            try await sandbox.run("chat", "-s", "a", "x")
            let line = #"{"role":"user","content":""},"#
            let text =
                #"{"format":"sesh.session/1","messages":["#
                + String(repeating: line, count: 200_000)
                .dropLast() + "]}"
            try Data(text.utf8).write(to: sandbox.file("tiny"))
            for format in ["json", "text"] {
                let (run, peak) = try await sandbox.measured(["export", "-f", format, "tiny"])
                #expect(run.status == 0 && run.output.utf8.count > 1_000_000)
                #expect(peak < 130_000_000, "\(format): \(peak)")
            }
        }
    }
}
