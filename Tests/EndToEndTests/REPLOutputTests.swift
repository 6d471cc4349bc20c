import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("The REPL's commands that show and hand out")
    struct REPLOutputTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        @Test("help names every command, and so an unknown one is answered, never sent")
        func help() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say(
                "/help", "/retry ", "/continue ", "/edit [TEXT]", "/copy [N|code]", "/usage ", "/history [N]",
                "/undo [N]", "/redo [N]", "/discard ", "/save FILE", "/new [ID]", "/session [ID]", "/list ", "/reset ",
                "/delete ", "/rename ID", "/title [TEXT]", "/fork [ID]", "/model [REF]", "/system [TEXT]",
                "/set [KEY VALUE]", "/help ", "/exit ", "a> ")
            try terminal.say("/contniue", "Did you mean /continue?", "a> ")
            try terminal.type("/quit\r")
            #expect(try terminal.waitForEnd() == .status(0))
            #expect(try sandbox.messages("a").isEmpty)
        }

        @Test("copy goes through the terminal where there is no desktop: the last answer, the Nth last, the last code")
        func copying() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["SSH_TTY": "/dev/pts/0"])
            try terminal.wait(for: "a> ")
            try terminal.say("/copy", "There are 0 answers", "a> ")
            try terminal.say("one", "a> ")
            try terminal.say("two", "a> ")
            try terminal.say("/copy", "\u{1B}]52;c;dHdv\u{7}", "Copied the last answer", "a> ")
            try terminal.say("/copy 2", "\u{1B}]52;c;b25l\u{7}", "a> ")
            try terminal.say("/copy 3", "There are 2 answers", "a> ")
            try terminal.say("/copy code", "no code block", "a> ")
            try terminal.say("/copy x", "/copy takes a number", "a> ")
            try terminal.leave()
        }

        @Test("copy uses the desktop's command where there is one")
        func copyingByCommand() throws {
            let bin = sandbox.root.appending(path: "bin")
            try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
            let command = bin.appending(path: "wl-copy")
            try "#!/bin/sh\nexec cat > \"$HOME/clipboard\"\n".write(to: command, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: command.path)
            let terminal = try sandbox.terminal(
                "chat", "-s", "a", environment: ["PATH": bin.path + ":/usr/bin:/bin", "WAYLAND_DISPLAY": "w"])
            try terminal.wait(for: "a> ")
            try terminal.say("Grüße", "a> ")
            try terminal.say("/copy", "with wl-copy", "a> ")
            try terminal.leave()
            let copied = try String(contentsOf: sandbox.root.appending(path: "clipboard"), encoding: .utf8)
            #expect(copied == "Grüße")
        }

        @Test("save writes Markdown, JSON or text by the name, mode 0600, and asks before it overwrites")
        func saving() throws {
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: ["COLUMNS": "200"])
            try terminal.wait(for: "a> ")
            try terminal.say("Hello", "a> ")
            for name in ["talk.md", "talk.json", "talk.txt"] { try terminal.say("/save \(name)", "Saved 2", "a> ") }
            try terminal.say("/save talk.pdf", "not as .pdf", "a> ")
            try terminal.say("/save nowhere/talk.md", "NOT SAVED", "a> ")
            try terminal.say("/save .", "no file", "a> ")
            try "mine".write(to: sandbox.root.appending(path: "talk.md"), atomically: true, encoding: .utf8)
            try terminal.say("/save ~/talk.md", "Overwrite it? [y/N] ")
            try terminal.say("n", "Nothing was done.", "a> ")
            let path = sandbox.root.path + "/talk.md"
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
            try terminal.say("/save talk.md", "[y/N] ")
            try terminal.say("y", "Saved 2", "a> ")
            try terminal.leave()
            #expect(
                try String(contentsOfFile: path, encoding: .utf8).hasPrefix("# a\n\n## user\n\nHello\n\n## assistant"))
            let json = sandbox.root.path + "/talk.json"
            #expect(try FileManager.default.attributesOfItem(atPath: json)[.posixPermissions] as? Int == 0o600)
            _ = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: json)))
        }

        @Test("usage tells tokens, seconds and tokens per second; a setting tells them after each answer")
        func usage() async throws {
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.sendChunk(ChatServer.event("Yes."))
                let usage = #"{"choices":[],"usage":{"prompt_tokens":20,"completion_tokens":3}}"#
                try connection.sendChunk(
                    ChatServer.end.replacing("data: [DONE]", with: "data: \(usage)\n\ndata: [DONE]"))
                try connection.endChunks()
            }
            var environment = server.environment
            environment.merge(try sandbox.configure(#"{"showUsage":true}"#)) { $1 }
            let terminal = try sandbox.terminal("chat", "-s", "a", environment: environment)
            try terminal.wait(for: "a> ")
            try terminal.say("/usage", "No answer yet.", "a> ")
            try terminal.say("x", "Yes.\r\n20 tokens in · 3 out · ", " s", "a> ")
            try terminal.say("/usage", "1 answer · 20 tokens in · 3 out", "20 tokens in · 3 out · ", " tokens/s", "a> ")
            try terminal.leave()
            let run = try await sandbox.run("chat", "-s", "a", "y", environment: environment)
            #expect(run.output == "Yes.\n" && run.errors.contains("20 tokens in · 3 out"), "\(run)")
            let quiet = try await sandbox.run("chat", "-q", "-s", "a", "y", environment: environment)
            #expect(quiet.errors.isEmpty, "\(quiet)")
        }
    }
}
