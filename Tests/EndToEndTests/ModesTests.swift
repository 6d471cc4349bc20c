import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite(
        "Under umask 000 what the program makes is its owner's alone from its first moment",
        .enabled(if: SystemCallTrace.isPossible))
    struct ModesTests {
        private static let counts = PromiseCounts("umask 000: files 0600 and directories 0700 when they are made")

        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// The command line that runs the program with the most open umask.
        private static func open(_ command: [String]) -> [String] {
            ["sh", "-c", "umask 000; exec \"$@\"", "sh"] + command
        }

        /// Checks what was made, when it was made and afterwards.
        ///
        /// - Parameters:
        ///   - calls: the calls.
        ///   - made: ends of paths of which at least one each has to have been made.
        private func check(
            _ calls: [SystemCallTrace.Call], made: [String], _ location: SourceLocation = #_sourceLocation
        ) {
            var paths: [String] = []
            for call in calls {
                guard let mode = call.creationMode, let path = call.paths.first, path.hasPrefix(sandbox.root.path)
                else { continue }
                paths.append(path)
                let isRight = mode == (call.name.hasPrefix("mkdir") ? 0o700 : 0o600)
                #expect(Self.counts.add(isRight), "\(call)", sourceLocation: location)
            }
            for end in made { #expect(paths.contains { $0.hasSuffix(end) }, "\(end)", sourceLocation: location) }
        }

        /// Checks what is there afterwards.
        private func checkModes(below place: String) throws {
            for path in try FileManager.default.subpathsOfDirectory(atPath: place) + [""] {
                var status = stat()
                lstat(place + "/" + path, &status)
                let mode = status.st_mode & 0o7777
                let isDirectory = status.st_mode & S_IFMT == S_IFDIR
                #expect(mode == (isDirectory ? 0o700 : 0o600), "\(path): \(String(mode, radix: 8))")
            }
        }

        @Test("A first run: the sessions directory, locks, claims of turns, temporaries and what leads to them")
        func firstRun() async throws {
            let sessions = sandbox.root.path + "/data/chats"
            for (arguments, made) in [
                (["chat", "-s", "a", "Hello"], ["/data", "/chats", "/.locks", ".live", "/.a.tmp"]),
                (["fork", "a", "b"], ["/.b.tmp"]), (["undo", "a"], ["/.a.tmp"]), (["rename", "a", "c"], ["/.c.tmp"]),
            ] {
                let trace = try SystemCallTrace(below: sandbox.root)
                let run = try await sandbox.start(
                    Self.open(trace.command([Sandbox.binary] + arguments)), program: "/usr/bin/env",
                    environment: ["SESH_DIR": sessions]
                ).finish()
                #expect(run.status == 0, "\(run)")
                check(try trace.calls(), made: made)
            }
            try checkModes(below: sandbox.root.path + "/data")
        }

        @Test("A conversation: the lines that were typed, the draft in the editor, a saved transcript")
        func conversation() async throws {
            let configuration = try sandbox.configure(#"{"historyLimit":2}"#)
            chmod(configuration["SESH_CONFIG"] ?? "", 0o644)
            let trace = try SystemCallTrace(below: sandbox.root)
            let terminal = try PseudoTerminal()
            let environment = sandbox.environment(
                ["EDITOR": "true", "TMPDIR": sandbox.root.path].merging(configuration) { $1 })
            let command = Self.open(trace.command([Sandbox.binary, "chat", "-s", "a"]))
            try terminal.start("/usr/bin/env", command, environment: environment, directory: sandbox.root.path)
            try terminal.wait(for: "a> ")
            for line in ["one", "two", "three", "four", "five"] {
                try terminal.say(line)
                try terminal.waitForAnswer(line)
                try terminal.wait(for: "a> ")
            }
            try terminal.say("/save out.md", "a> ")
            try terminal.say("/edit", "[y/N] ")
            try terminal.say("n", "a> ")
            try terminal.leave()
            check(
                try trace.calls(), made: ["/.local", "/.local/state", "/state/sesh", "/lines", "/lines.tmp", "/out.md"])
            try checkModes(below: sandbox.root.path + "/.local")
            let config = try FileManager.default.attributesOfItem(atPath: configuration["SESH_CONFIG"] ?? "")
            #expect(config[.posixPermissions] as? Int == 0o644)
        }

        @Test("The local engine: its directory, its lock and its log")
        func engine() async throws {
            let programs = sandbox.root.appending(path: "programs")
            try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
            let server = programs.appending(path: "llama-server")
            try Data("#!/bin/sh\necho starting; exit 3\n".utf8).write(to: server)
            chmod(server.path, 0o700)
            let model = sandbox.root.appending(path: "tiny.gguf")
            try Data("GGUF and no more".utf8).write(to: model)
            let runtime = sandbox.root.path + "/r"
            mkdir(runtime, 0o700)
            let trace = try SystemCallTrace(below: sandbox.root)
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            let run = try await sandbox.start(
                Self.open(trace.command([Sandbox.binary, "chat", "-s", "a", "-m", "local:" + model.path, "Hello"])),
                program: "/usr/bin/env",
                environment: ["XDG_RUNTIME_DIR": runtime, "PATH": programs.path + ":" + path]
            ).finish()
            #expect(run.status != 0, "\(run)")
            check(try trace.calls(), made: ["/r/sesh", ".log"])
            try checkModes(below: runtime)
        }

        @Test("An exported session goes where the shell sends it, with the modes that the shell gives it")
        func export() async throws {
            try await sandbox.run("chat", "-s", "a", "Hello")
            let trace = try SystemCallTrace(below: sandbox.root)
            let run = try await sandbox.start(
                Self.open(trace.command([Sandbox.binary, "export", "a"])), program: "/usr/bin/env"
            ).finish()
            #expect(run.status == 0 && run.output.contains("Hello"), "\(run)")
            #expect(try trace.calls().filter { $0.creationMode != nil }.isEmpty)
        }
    }
}
