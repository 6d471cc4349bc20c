import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Nothing is ever lost")
    struct DurabilityTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("Two processes in one session, 200 turns each: 400 turns, none lost, doubled or interleaved")
        func twoProcesses() async throws {
            let server = try ChatServer { "Answer to " + $0 }
            func prompts(_ name: String) -> [String] { (1...200).map { "\(name) \($0)" } }
            let runs = try ["left", "right"].map { name in
                try sandbox.start(
                    ["chat", "-s", "shared", "--lines"], input: Data(prompts(name).joined(separator: "\n").utf8),
                    environment: server.environment)
            }
            for run in runs {
                let run = try await run.finish()
                #expect(run.status == 0, "\(run)")
            }
            let messages = try sandbox.messages("shared")
            #expect(messages.count == 800)
            var asked: [String] = []
            for pair in stride(from: 0, to: messages.count, by: 2).map({ (messages[$0], messages[$0 + 1]) }) {
                let prompt = try #require(pair.0["content"] as? String)
                #expect(pair.0["role"] as? String == "user" && pair.1["role"] as? String == "assistant")
                #expect(pair.0["turn"] as? String == pair.1["turn"] as? String)
                #expect(pair.1["content"] as? String == "Answer to " + prompt)
                asked.append(prompt)
            }
            #expect(asked.sorted() == (prompts("left") + prompts("right")).sorted())
            #expect(asked.filter { $0.hasPrefix("left") } == prompts("left"))
            #expect((try sandbox.document("shared")["pending"] as? [Any])?.isEmpty == true)
            try expectReadable()
        }

        @Test("The same words sent by two processes at once are two turns")
        func sameWords() async throws {
            let server = try ChatServer { $0 }
            let runs = try (0..<2).map { _ in
                try sandbox.start(["chat", "-s", "s", "same"], environment: server.environment)
            }
            for run in runs { #expect(try await run.finish().status == 0) }
            #expect(try sandbox.contents("s") == ["same", "same", "same", "same"])
        }

        @Test(
            "Reset or delete during a turn: the answer is NOT SAVED, and nothing comes back",
            arguments: ["reset", "delete"])
        func changedMeanwhile(command: String) async throws {
            let gate = Gate()
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("la") + ChatServer.event("te"))
                gate.wait()
                try connection.sendChunk(ChatServer.end)
                try connection.endChunks()
            }
            let running = try sandbox.start(["chat", "-s", "a", "x"], environment: server.environment)
            try await eventually { running.outputSoFar == "la" }
            #expect(try await sandbox.run(command, "a").status == 0)
            gate.open()
            let run = try await running.finish()
            #expect(run.status == 74 && run.errors.contains("NOT SAVED"), "\(run)")
            // The line break that acknowledges a turn is missing.
            #expect(run.output == "late")
            #expect(try await sandbox.run("history", "a").status == (command == "reset" ? 0 : 66))
            if command == "reset" { #expect(try sandbox.messages("a").isEmpty) }
        }

        @Test(
            "kill -9 at a random moment of a service's answer, 100 times: every acknowledged turn is there, every prompt is kept, every file parses"
        )
        func kills() async throws {
            let server = try ChatServer { request, connection in
                let prompt = ChatServer.prompts(of: request).last ?? ""
                try connection.startChunks()
                for piece in ["Answer ", "to ", prompt] { try connection.sendChunk(ChatServer.event(piece)) }
                try connection.sendChunk(ChatServer.end)
                try connection.endChunks()
            }
            var random = SystemRandomNumberGenerator()
            var acknowledged: Set<String> = []
            for round in 0..<100 {
                let prompts = (0..<3).map { "round \(round) prompt \($0)" }
                let session = "s\(round % 5)"
                let running = try sandbox.start(
                    ["chat", "-s", session, "--lines", "-q"], input: Data(prompts.joined(separator: "\n").utf8),
                    environment: server.environment)
                // From before the first prompt is saved to after the last answer is.
                try await Task.sleep(for: .microseconds(Int.random(in: 0...60_000, using: &random)))
                kill(running.id, SIGKILL)
                let run = try await running.finish()
                let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                acknowledged.formUnion(lines.map { String($0.dropFirst("Answer to ".count)) })
            }
            let sent = Set(server.server.requests.compactMap { ChatServer.prompts(of: $0).last })
            var answered: [String] = []
            var kept: Set<String> = []
            for index in 0..<5 where FileManager.default.fileExists(atPath: sandbox.file("s\(index)").path) {
                let contents = try sandbox.contents("s\(index)")
                for place in stride(from: 0, to: contents.count, by: 2) {
                    #expect(contents[place + 1] == "Answer to " + contents[place])
                    answered.append(contents[place])
                }
                let pending = try #require(try sandbox.document("s\(index)")["pending"] as? [[String: Any]])
                kept.formUnion(pending.compactMap { $0["content"] as? String })
            }
            #expect(Set(answered).count == answered.count, "a turn is doubled")
            #expect(acknowledged.subtracting(answered).isEmpty, "an acknowledged turn is lost")
            #expect(sent.subtracting(answered).subtracting(kept).isEmpty, "a prompt that was sent is lost")
            #expect(!acknowledged.isEmpty && !sent.isEmpty, "the kills came too early to show anything")
            try expectReadable()
            // Another chat still works in each, and clears away what the killed left behind.
            for index in 0..<5 {
                let run = try await sandbox.run("chat", "-s", "s\(index)", "-m", "echo", "after")
                #expect(run.status == 0, "\(run)")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: sandbox.sessions.path).filter {
                $0.hasSuffix(".tmp")
            }
            #expect(left.isEmpty)
        }

        @Test("A file that jq has reformatted loads and goes on, with keys that this version does not know")
        func reformatted() async throws {
            try await sandbox.run("chat", "-s", "a", "One")
            let script =
                "jq '.mine = {deep: [1.50, 1e3]} | .settings.theirs = true | .messages[0].note = \"x\"' \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\""
            let jq = try await sandbox.start(["-c", script, "sh", sandbox.file("a").path], program: "/bin/sh").finish()
            try #require(jq.status == 0, "\(jq)")
            #expect(try await sandbox.run("chat", "-s", "a", "Two").status == 0)
            #expect(try sandbox.contents("a") == ["One", "One", "Two", "Two"])
            let text = try String(contentsOf: sandbox.file("a"), encoding: .utf8)
            #expect(text.contains("theirs") && text.contains("\"mine\"") && text.contains("\"note\""))
            #expect(text.hasPrefix("{\"format\":\"sesh.session/1\",\"id\":\"a\""))
            try expectReadable()
        }

        @Test("Files are 0600 and directories 0700, whatever the umask")
        func modes() async throws {
            let run = try await sandbox.start(
                ["-c", "umask 000; exec \"$0\" chat -s a x", Sandbox.binary], program: "/bin/sh"
            ).finish()
            #expect(run.status == 0, "\(run)")
            let enumerator = FileManager.default.enumerator(atPath: sandbox.sessions.path)
            var checked = 0
            while let name = enumerator?.nextObject() as? String {
                let attributes = try FileManager.default.attributesOfItem(atPath: sandbox.sessions.path + "/" + name)
                let isDirectory = attributes[.type] as? FileAttributeType == .typeDirectory
                #expect(attributes[.posixPermissions] as? Int == (isDirectory ? 0o700 : 0o600), "\(name)")
                checked += 1
            }
            #expect(checked >= 3)
            let top = try FileManager.default.attributesOfItem(atPath: sandbox.sessions.path)
            #expect(top[.posixPermissions] as? Int == 0o700)
        }

        /// jq and Python read every session file.
        private func expectReadable(location: SourceLocation = #_sourceLocation) throws {
            let script =
                "for f in \"$1\"/*.json; do jq . \"$f\" > /dev/null && python3 -m json.tool \"$f\" > /dev/null || exit 1; done"
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = ["-c", script, "sh", sandbox.sessions.path]
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, sourceLocation: location)
        }
    }
}
