import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("What is in the sessions directory beside sessions")
    struct EntriesTests {
        /// What has the name of a session and is none, or not this user's.
        enum Entry: String, CaseIterable, CustomTestStringConvertible {
            case linkInside = "a link to another session"
            case linkOutside = "a link to a session elsewhere"
            case linkToNothing = "a link to what could be made"
            case linkToItself = "a link to itself"
            case linkToDevice = "a link to an endless device"
            case fifo = "a FIFO"
            case socket = "a socket"
            case directory = "a directory"
            case device = "a device"
            case foreign = "another user's file"
            var testDescription: String { rawValue }

            /// Puts the entry in place.
            ///
            /// - Returns: whether that is possible here.
            func make(at path: String, outside: String) throws -> Bool {
                switch self {
                case .linkInside: symlink("good.json", path) == 0
                case .linkOutside: symlink(outside + "/secret.json", path) == 0
                case .linkToNothing: symlink(outside + "/made.json", path) == 0
                case .linkToItself: symlink("odd.json", path) == 0
                case .linkToDevice: symlink("/dev/zero", path) == 0
                case .fifo: mkfifo(path, 0o600) == 0
                case .directory: mkdir(path, 0o700) == 0
                case .socket: try Self.makeSocket(path)
                // Only the superuser may do these two.
                case .device: mknod(path, S_IFCHR | 0o600, 0x105) == 0  // Endless zeros.
                case .foreign:
                    try FileManager.default.copyItem(atPath: outside + "/secret.json", toPath: path) == ()
                        && chown(path, 12_345, 12_345) == 0
                }
            }

            private static func makeSocket(_ path: String) throws -> Bool {
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/env")
                let script = "import os,socket,sys; os.chdir(sys.argv[1]); socket.socket(1).bind('odd.json')"
                process.arguments = ["python3", "-c", script, (path as NSString).deletingLastPathComponent]
                try process.run()
                process.waitUntilExit()
                return process.terminationStatus == 0
            }
        }

        /// How the commands that name the session `odd` may end.
        ///
        /// 64 is a name that is taken, 74 what can't be read; nothing is done in either case.
        private static let commands: [(arguments: [String], status: Int32)] = [
            (["list"], 0), (["list", "--json"], 0), (["history", "odd"], 74), (["history", "--last", "1", "odd"], 74),
            (["reset", "odd"], 74), (["delete", "odd"], 74), (["rename", "odd", "new"], 74),
            (["rename", "good", "odd"], 64), (["fork", "odd", "new"], 74), (["fork", "good", "odd"], 64),
            (["undo", "odd"], 74), (["redo", "odd"], 74), (["export", "odd"], 74),
            (["import", "-s", "odd", "exported.json"], 64), (["chat", "-s", "odd", "Hi"], 74),
            (["prune", "--older-than", "100y"], 0), (["prune", "--keep", "0", "--dry-run"], 0),
        ]

        private static let counts = PromiseCounts("strange entries: commands end, and touch nothing outside")

        let sandbox: Sandbox
        private let outside: URL

        init() throws {
            sandbox = try Sandbox()
            outside = sandbox.root.appending(path: "outside")
            try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        }

        /// Makes two sessions, one of them elsewhere, and a file to import.
        private func prepare() async throws {
            try await sandbox.run("chat", "-s", "good", "Hello")
            let elsewhere = ["SESH_DIR": outside.path]
            chmod(outside.path, 0o700)
            try await sandbox.run("chat", "-s", "secret", "SECRET", environment: elsewhere)
            let exported = try await sandbox.run("export", "--format", "json", "good")
            try Data(exported.output.utf8).write(to: sandbox.root.appending(path: "exported.json"))
        }

        /// Runs the program to its end, for which it has a minute, and watches it where that is possible.
        ///
        /// - Returns: the run, and its calls.
        private func watched(
            _ arguments: [String], sessions: String? = nil
        ) async throws -> (Sandbox.Run, [SystemCallTrace.Call]) {
            let trace = try SystemCallTrace(below: sandbox.root)
            let command = [Sandbox.binary] + arguments
            let run = try await sandbox.start(
                ["timeout", "60"] + (SystemCallTrace.isPossible ? trace.command(command) : command),
                program: "/usr/bin/env", environment: ["SESH_DIR": sessions ?? ""]
            ).finish()
            return (run, try trace.calls())
        }

        /// What a run did beside reading and changing files of the sessions directory.
        private func trespasses(_ calls: [SystemCallTrace.Call]) -> [String] {
            // Threads look for the terminal, and children's streams lead there.
            let allowed = ["/dev/null", "/dev/tty"]
            return calls.filter { call in
                if let opened = call.opened, opened.hasPrefix(outside.path) || opened == "/dev/zero" { return true }
                guard call.isChange else { return false }
                return call.paths.contains { path in
                    !path.hasPrefix(sandbox.sessions.path + "/") && path != sandbox.sessions.path
                        && !allowed.contains(path) || path.contains("/../")
                }
            }.map(\.description)
        }

        /// The names and sizes of all that there is elsewhere, and when it was last changed.
        private func state() throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: outside.path).sorted().map { path in
                var status = stat()
                lstat(outside.appending(path: path).path, &status)
                return "\(path) \(status.st_mode) \(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
            }
        }

        @Test(
            "that has a session's name and is none of one's own is refused: nothing hangs, nothing follows or changes it",
            arguments: Entry.allCases)
        func impostors(entry: Entry) async throws {
            try await prepare()
            let path = sandbox.file("odd").path
            guard try entry.make(at: path, outside: outside.path) else {
                return say("\(entry.rawValue) can't be made here")
            }
            let before = try state()
            for (arguments, status) in Self.commands {
                let (run, calls) = try await watched(arguments)
                let trespasses = trespasses(calls)
                let isFine = run.status == status && trespasses.isEmpty && !run.output.contains("SECRET")
                #expect(Self.counts.add(isFine), "\(arguments): \(run) \(trespasses)")
                if status == 74 { #expect(run.errors.contains("odd.json"), "\(arguments): \(run)") }
            }
            #expect(try state() == before)
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(try sandbox.contents("good") == ["Hello", "Hello"])
        }

        @Test("with a name that no id has is not a session to any command, and stays")
        func impossibleNames() async throws {
            try await prepare()
            let document = try Data(contentsOf: sandbox.file("good"))
            let names: [[UInt8]] =
                ["\u{1B}[2J.json", "a\nb.json", "..json", "...json", ".json", "-y.json", "a b.json", "x.tmp.json"].map {
                    Array($0.utf8)
                } + [[0xFF, 0xFE] + Array(".json".utf8), Array(repeating: 0x61, count: 250) + Array(".json".utf8)]
            for name in names {
                let path = (Array((sandbox.sessions.path + "/").utf8) + name + [0]).map(CChar.init(bitPattern:))
                let file = open(path, O_WRONLY | O_CREAT, 0o600)
                try #require(file >= 0)
                _ = document.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
                close(file)
            }
            let count = try entryCount(sandbox.sessions.path)
            let list = try await watched(["list"]).0
            #expect(
                list.status == 0 && list.output.hasPrefix("good\t") && list.output.split(separator: "\n").count == 1)
            for name in ["..", ".", "-y", "a b", "x.tmp", "a\nb", "\u{1B}[2J", String(repeating: "a", count: 250)] {
                for command in ["history", "reset", "delete", "undo", "export", "fork"] {
                    let (run, calls) = try await watched([command, "--", name])
                    #expect(Self.counts.add(run.status == 64 && trespasses(calls) == []), "\(command) \(name): \(run)")
                }
            }
            let kept = try await watched(["prune", "--keep", "0"]).0
            #expect(kept.status == 0 && kept.output == "good\n", "\(kept)")
            // The session went, and the folder of locks was there before.
            #expect(try entryCount(sandbox.sessions.path) == count - 1)
        }

        /// How many names a directory has, those included that are not UTF-8.
        private func entryCount(_ path: String) throws -> Int {
            let directory = try #require(opendir(path))
            defer { closedir(directory) }
            var count = 0
            while readdir(directory) != nil { count += 1 }
            return count
        }

        @Test("that differ by case only are two sessions, where the file system has both")
        func twins() async throws {
            try await prepare()
            let document = try Data(contentsOf: sandbox.file("good"))
            try document.write(to: sandbox.file("GOOD"))
            guard try entryCount(sandbox.sessions.path) == 5 else {
                return say("this file system takes good.json and GOOD.json for one")
            }
            try await sandbox.run("chat", "-s", "GOOD", "Loud")
            #expect(try sandbox.contents("GOOD") == ["Hello", "Hello", "Loud", "Loud"])
            #expect(try Data(contentsOf: sandbox.file("good")) == document)
            let refused = try await sandbox.run("fork", "good", "Good")
            #expect(refused.status == 64 && refused.errors.contains("case"), "\(refused)")
            #expect(try await sandbox.run("delete", "GOOD").status == 0)
            #expect(try Data(contentsOf: sandbox.file("good")) == document)
        }

        @Test("that has another name elsewhere (a hard link) is changed here only")
        func hardLink() async throws {
            try await prepare()
            try #require(link(outside.path + "/secret.json", sandbox.file("hard").path) == 0)
            let before = try Data(contentsOf: outside.appending(path: "secret.json"))
            for arguments in [
                ["chat", "-s", "hard", "More"], ["undo", "hard"], ["reset", "hard"], ["delete", "hard"],
            ] {
                let (run, calls) = try await watched(arguments)
                #expect(Self.counts.add(run.status == 0 && trespasses(calls) == []), "\(arguments): \(run)")
                #expect(!SystemCallTrace.isPossible || calls.contains(where: \.isChange), "the trace shows no change")
                #expect(try Data(contentsOf: outside.appending(path: "secret.json")) == before)
            }
        }

        /// What may stand where the program keeps its own files.
        enum Obstacle: String, CaseIterable {
            case link, danglingLink, fifo, directory

            func make(at path: String, outside: String) throws {
                switch self {
                case .link: try #require(symlink(outside + "/secret.json", path) == 0)
                case .danglingLink: try #require(symlink(outside + "/made.json", path) == 0)
                case .fifo: try #require(mkfifo(path, 0o600) == 0)
                case .directory: try #require(mkdir(path, 0o700) == 0)
                }
            }
        }

        @Test(
            "where a temporary file or a lock would be leads nowhere: the change is made or refused, and nothing hangs",
            arguments: Obstacle.allCases, [".good.tmp", ".locks", ".locks/stripes"])
        func obstacles(obstacle: Obstacle, place: String) async throws {
            try await prepare()
            let sessions = sandbox.sessions.path
            let before = try state()
            if place == ".locks/stripes" {
                for stripe in 0..<64 {
                    let path = sessions + String(format: "/.locks/%02x", stripe)
                    unlink(path)
                    try obstacle.make(at: path, outside: outside.path)
                }
            } else {
                try FileManager.default.removeItem(atPath: sessions + "/.locks")
                try obstacle.make(at: sessions + "/" + place, outside: outside.path)
            }
            for arguments in [["chat", "-s", "good", "More"], ["undo", "good"], ["rename", "good", "new"]] {
                let (run, calls) = try await watched(arguments)
                let trespasses = trespasses(calls)
                let isFine =
                    (run.status == 0 || run.status == 74 && run.errors.contains("NOT SAVED")) && trespasses == []
                #expect(Self.counts.add(isFine), "\(arguments): \(run) \(trespasses)")
            }
            #expect(try state() == before)
            let isRenamed = FileManager.default.fileExists(atPath: sandbox.file("new").path)
            #expect(try sandbox.contents(isRenamed ? "new" : "good").starts(with: ["Hello", "Hello"]))
        }

        /// Says that something could not be tested, which nobody should take for its having passed.
        private func say(_ reason: String) {
            print("SKIPPED: \(reason).")
        }
    }
}
