import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Keys go to the service and to nobody else")
    struct KeyTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// Puts a program on the path that writes down its arguments and environment, and those of its parent.
        ///
        /// - Returns: the environment that leads to it.
        private func spy(_ name: String, then script: String = "") throws -> [String: String] {
            let programs = sandbox.root.appending(path: "programs")
            try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
            let path = programs.appending(path: name)
            let text = """
                #!/bin/sh
                { echo "$0 $@"; env; tr '\\0' '\\n' <"/proc/$PPID/cmdline"; } >>"\(sandbox.root.path)/spied-\(name)"
                \(script)
                """
            try Data(text.utf8).write(to: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path.path)
            let own = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            return ["PATH": programs.path + ":" + own]
        }

        private func spied(_ name: String) throws -> String {
            try String(contentsOf: sandbox.root.appending(path: "spied-" + name), encoding: .utf8)
        }

        @Test("A key command sees no key, and the key that it prints is sent and shown nowhere")
        func keyCommand() async throws {
            let held = sandbox.root.appending(path: Canary.source + "file")
            try Data("\(Canary.key)\n".utf8).write(to: held)
            let path = try spy("getkey", then: "cat '\(held.path)'; echo seen >&2")
            let server = try ChatServer { "re: \($0)" }
            let configuration = try sandbox.configure(
                #"{"providers":{"mine":{"baseURL":"\#(server.server.url)/v1","keyCommand":["getkey","--of","mine"]},"#
                    + #""other":{"baseURL":"https://other.invalid","keyVariable":"OTHER_CREDENTIAL"}}}"#)
            let environment = path.merging(configuration) { $1 }.merging(["OTHER_CREDENTIAL": Canary.key]) { $1 }
            let run = try await sandbox.run("chat", "-s", "a", "-m", "mine:m", "Hello", environment: environment)
            #expect(run.status == 0 && run.output == "re: Hello\n" && run.errors.contains("seen"), "\(run)")
            #expect(server.server.requests.first?.header("authorization") == "Bearer " + Canary.key)
            #expect(try spied("getkey").contains("--of mine"))
            let terminal = try sandbox.terminal("chat", "-s", "a", "-m", "mine:m", environment: environment)
            try terminal.wait(for: "a> ")
            try terminal.type("Again\r")
            try terminal.wait(for: "re: Again")
            try terminal.wait(for: "a> ")
            try terminal.type("\u{4}")
            #expect(try terminal.waitForEnd() == .status(0))
            try Canary.expectSilence(below: sandbox.root)
        }

        @Test("The local engine sees no key, neither a known one nor a configured one")
        func engine() async throws {
            let path = try spy("llama-server", then: "echo starting; exit 3")
            let model = sandbox.root.appending(path: "tiny.gguf")
            try Data("GGUF and no more".utf8).write(to: model)
            let configuration = try sandbox.configure(
                #"{"providers":{"other":{"baseURL":"https://other.invalid","keyVariable":"OTHER_CREDENTIAL"}}}"#)
            var environment = path.merging(configuration) { $1 }
            environment["XDG_RUNTIME_DIR"] = try runtimeDirectory().path
            for name in ["OTHER_CREDENTIAL", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"] { environment[name] = Canary.key }
            let run = try await sandbox.run(
                "chat", "-s", "a", "-m", "local:" + model.path, "Hello", environment: environment)
            #expect(run.status != 0 && run.output == "", "\(run)")
            #expect(try spied("llama-server").contains("HOME="), "the stand-in was not started: \(run)")
        }

        /// A place for sockets in the sandbox, whose path is short enough for one.
        private func runtimeDirectory() throws -> URL {
            let place = sandbox.root.appending(path: "r")
            try FileManager.default.createDirectory(
                at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            return place
        }

        @Test(
            "A key that no header field can carry is refused without being shown, and nothing is sent",
            arguments: [
                "sk-canary\nsecond", "sk-canary\r\nX-Evil: 1", "sk-ca nary sk-canary", "sk-canaryé", "sk-canary\u{7F}",
            ])
        func impossibleKey(key: String) async throws {
            let server = try ChatServer { $0 }
            let run = try await sandbox.run(
                "chat", "-s", "a", "x", environment: server.environment.merging(["OPENAI_API_KEY": key]) { $1 })
            #expect(run.status == 77 && run.errors.contains("OPENAI_API_KEY") && !run.errors.contains("nary"), "\(run)")
            #expect(server.server.connectionCount == 0)
            let held = sandbox.root.appending(path: Canary.source + "file")
            try Data(key.utf8).write(to: held)
            let configuration = try sandbox.configure(
                #"{"providers":{"openai":{"keyCommand":["cat","\#(held.path)"]}}}"#)
            let printed = try await sandbox.run(
                "chat", "-s", "a", "x",
                environment: server.environment.merging(configuration) { $1 }.merging(["OPENAI_API_KEY": ""]) { $1 })
            #expect(printed.status == 77 && !printed.errors.contains("nary"), "\(printed)")
            #expect(server.server.connectionCount == 0)
        }

        @Test("Plain http to another machine is refused before a session is made")
        func plainHTTP() async throws {
            let run = try await sandbox.run(
                "chat", "-s", "a", "-m", "openai:x", "x",
                environment: ["OPENAI_BASE_URL": "http://192.0.2.1/v1", "OPENAI_API_KEY": Canary.key])
            #expect(run.status == 78 && run.errors.contains("allowInsecure"), "\(run)")
            #expect(!FileManager.default.fileExists(atPath: sandbox.file("a").path))
        }

        @Test("The editor, the pager and the clipboard's program see no key, neither a known one nor a configured one")
        func programsOfTheTerminal() throws {
            let configuration = try sandbox.configure(
                #"{"providers":{"other":{"baseURL":"https://other.invalid","keyVariable":"OTHER_CREDENTIAL"}}}"#)
            var environment = configuration
            for name in ["editor", "pager", "xclip"] {
                environment.merge(try spy(name, then: name == "editor" ? "echo edited >\"$1\"" : "cat")) { $1 }
            }
            environment.merge(["EDITOR": "editor", "PAGER": "pager", "DISPLAY": ":9", "COLUMNS": "40"]) { $1 }
            for name in ["OTHER_CREDENTIAL", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"] { environment[name] = Canary.key }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: environment)
            try terminal.wait(for: "a> ")
            let long = (0..<40).map { "word \($0)" }.joined(separator: " and ")
            try terminal.say(long, "a> ")
            try terminal.say("/edit", "> edited", "edited\r\n", "a> ")
            try terminal.say("/copy", "with xclip", "a> ")
            for _ in 0..<3 { try terminal.say(long, "a> ") }
            try terminal.say("/history", "word 39", "a> ")
            try terminal.leave()
            let history = try sandbox.terminal("history", "a", environment: environment)
            #expect(try history.waitForEnd() == .status(0))
            for name in ["editor", "pager", "xclip"] {
                #expect(try spied(name).contains("HOME="), "\(name) was not started")
            }
            #expect(try spied("pager").split(separator: "\n").count { $0.hasPrefix("HOME=") } == 2)
            try Canary.expectSilence(below: sandbox.root)
        }

        @Test("White space around a key is not part of it")
        func trimmedKey() async throws {
            let server = try ChatServer { $0 }
            let run = try await sandbox.run(
                "chat", "-s", "a", "x",
                environment: server.environment.merging(["OPENAI_API_KEY": " \(Canary.key)\r\n"]) { $1 })
            #expect(run.status == 0, "\(run)")
            #expect(server.server.requests.first?.header("authorization") == "Bearer " + Canary.key)
        }

        @Test("A key in a base URL, in a header or in the configuration is refused without being shown")
        func misplacedKey() async throws {
            for text in [
                #"{"providers":{"openai":{"baseURL":"https://u:sk-canary@host/v1"}}}"#,
                #"{"providers":{"openai":{"key":"sk-canary"}}}"#,
                #"{"providers":{"openai":{"headers":{"Authorization":"Bearer sk-canary"}}}}"#,
            ] {
                let held = sandbox.root.appending(path: Canary.source + "config.json")
                try Data(text.utf8).write(to: held)
                let run = try await sandbox.run(
                    "chat", "-s", "a", "-m", "openai:x", "x",
                    environment: ["SESH_CONFIG": held.path, "OPENAI_API_KEY": Canary.key])
                #expect(run.status == 78 && run.output == "" && !run.errors.contains("canary"), "\(run)")
            }
            let run = try await sandbox.run(
                "chat", "-s", "a", "x",
                environment: [
                    "OPENAI_BASE_URL": "https://sk-canary@host/v1", "OPENAI_API_KEY": "x", "SESH_MODEL": "openai:x",
                ])
            #expect(run.status == 78 && !run.errors.contains("canary"), "\(run)")
        }
    }
}
