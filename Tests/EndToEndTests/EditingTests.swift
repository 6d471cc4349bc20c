import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Editing, on a terminal")
    struct EditingTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// Written once for every line, when keys are taken.
        private let isReading = "\u{1B}[?2004h"

        private func start(_ session: String = "a", _ environment: [String: String] = [:]) throws -> PseudoTerminal {
            let terminal = try sandbox.terminal("chat", "-q", "-s", session, environment: environment)
            try terminal.wait(for: isReading)
            return terminal
        }

        private func leave(_ terminal: PseudoTerminal) throws {
            try terminal.type("\u{4}")
            #expect(try terminal.waitForEnd() == .status(0))
        }

        /// What was sent to the model.
        private func prompts(_ session: String = "a") throws -> [String] {
            try sandbox.messages(session).filter { $0["role"] as? String == "user" }.compactMap {
                $0["content"] as? String
            }
        }

        /// Types keys that send something, and gives what was sent.
        private func sent(by keys: String..., environment: [String: String] = [:]) throws -> [String] {
            let terminal = try start("a", environment)
            for keys in keys {
                try terminal.type(keys)
                try terminal.wait(for: isReading)
            }
            try leave(terminal)
            return try prompts()
        }

        private func paste(_ text: String) -> String { "\u{1B}[200~" + text + "\u{1B}[201~" }

        @Test("Ctrl-J and Alt-Enter begin another line, blank ones survive", arguments: ["\n", "\u{1B}\r"])
        func lineBreaks(key: String) throws {
            #expect(try sent(by: "one\(key)\(key)two\r") == ["one\n\ntwo"])
        }

        @Test("A line that ends in a backslash goes on; two backslashes end it")
        func backslash() throws {
            #expect(try sent(by: "one\\\rtwo\r", "path\\\\\r") == ["one\ntwo", "path\\\\"])
        }

        @Test("Three quotation marks open and close a block, whose slashes and blank lines are text")
        func block() throws {
            #expect(try sent(by: "\"\"\"\r/exit\r\r  x\\\r\"\"\"\r") == ["/exit\n\n  x\\"])
        }

        @Test("Ctrl-C abandons a block")
        func abandonedBlock() throws {
            let terminal = try start()
            try terminal.type("\"\"\"\rnever\r")
            try terminal.type("\u{3}")
            try terminal.wait(for: isReading)
            try terminal.type("sent\r")
            try terminal.wait(for: isReading)
            try leave(terminal)
            #expect(try prompts() == ["sent"])
        }

        @Test("Arrows, Home, End, Backspace and Delete edit across lines")
        func movement() throws {
            let up = "\u{1B}[A", down = "\u{1B}[B", left = "\u{1B}[D", right = "\u{1B}[C"
            #expect(try sent(by: "one\ntwo\(up)X\(down)Y\r") == ["oneX\ntwoY"])
            #expect(try sent(by: "abc\(left)\(left)\(right)X\u{1}Y\u{5}Z\u{7F}W\r").last == "YabXcW")
        }

        @Test("Up recalls lines and Down comes back to a long draft, whole")
        func draft() throws {
            let draft = String(repeating: "draft ", count: 400) + "end"
            #expect(try sent(by: "first\r", draft + "\u{10}\u{E}\r") == ["first", draft])
        }

        @Test(
            "A line of several lines is recalled whole; duplicates in a row and lines that begin with a space are not kept"
        )
        func recall() throws {
            let up = "\u{1B}[A"
            let prompts = try sent(by: "one\ntwo\r", "x\r", "x\r", " secret\r", up + "\u{5}!\r", "\u{10}\u{10}\u{10}\r")
            #expect(prompts == ["one\ntwo", "x", "x", " secret", "x!", "one\ntwo"])
            let kept = try String(contentsOfFile: sandbox.root.path + "/.local/state/sesh/lines", encoding: .utf8)
            #expect(kept == "one\\ntwo\nx\nx!\none\\ntwo\n")
        }

        @Test("Two REPLs at once see each other's lines")
        func sharedHistory() throws {
            let first = try start("a")
            let second = try start("b")
            try first.type("of the first\r")
            try first.wait(for: isReading)
            try second.type("of the second\r")
            try second.wait(for: isReading)
            try second.type("\u{10}\u{10}\r")
            try second.wait(for: isReading)
            try leave(first)
            try leave(second)
            #expect(try prompts("b") == ["of the second", "of the first"])
        }

        @Test("The configuration limits how many lines are kept")
        func historyLimit() throws {
            let environment = try sandbox.configure(#"{"historyLimit":2}"#)
            let lines = ["1", "2", "3", "4", "5", "6"].map { $0 + "\r" }
            let terminal = try start("a", environment)
            for line in lines {
                try terminal.type(line)
                try terminal.wait(for: isReading)
            }
            try terminal.type("\u{10}\u{10}\u{10}\u{10}\r")
            try terminal.wait(for: isReading)
            try leave(terminal)
            #expect(try prompts().last == "5")
        }

        @Test("Ctrl-R finds a line of an earlier run")
        func search() throws {
            #expect(try sent(by: "needle in the hay\r") == ["needle in the hay"])
            #expect(try sent(by: "another\r", "\u{12}need\u{1B}\r").last == "needle in the hay")
        }

        @Test("A pasted command is text, also when it is recalled")
        func pastedCommand() throws {
            #expect(try sent(by: paste("/exit") + "\r", "\u{10}\r") == ["/exit", "/exit"])
        }

        @Test("A pasted backslash and pasted quotation marks at the end are text")
        func pastedEnds() throws {
            let pastes = ["C:\\", "\"\"\"\nx", "a\"\"\""]
            #expect(try sent(by: paste(pastes[0]) + "\r", paste(pastes[1]) + "\r") == Array(pastes[..<2]))
            #expect(try sent(by: "\"\"\"\r" + paste(pastes[2]) + "\r\"\"\"\r").last == pastes[2])
        }

        @Test("An end mark within a paste does not end it")
        func hostilePaste() throws {
            #expect(
                try sent(by: paste("safe\u{1B}[201~\r/exit\rx") + "\r") == ["safe\u{1B}[201~\n/exit\nx"])
        }

        @Test("A long paste with every control is pasted and sent whole")
        func largePaste() throws {
            let controls = String(String.UnicodeScalarView((1..<32).compactMap { $0 == 13 ? nil : Unicode.Scalar($0) }))
            let text = String(repeating: "0123456789 \(controls)\n", count: 500) + "end"
            #expect(try sent(by: paste(text) + "\r") == [text])
        }

        @Test("Tab completes commands, session ids and models")
        func completion() async throws {
            try await sandbox.run("chat", "-s", "other-session", "x")
            let terminal = try start("a")
            try terminal.type("/mo\t")
            try terminal.wait(for: "del ")
            try terminal.type("ec\t\r")
            try terminal.wait(for: "echo answers from now on.")
            try terminal.wait(for: isReading)
            try terminal.type("/session oth\t\r")
            try terminal.wait(for: "other-session> ")
            try leave(terminal)
        }

        @Test("Tab shows several ways below the line, and the line stays")
        func completions() throws {
            let terminal = try start("a")
            try terminal.type("/h\t")
            try terminal.wait(for: "/help     /history")
            try terminal.wait(for: "> /h")
            try terminal.type("elp\r")
            try terminal.wait(for: "leave, as Ctrl-D does")
            try terminal.wait(for: isReading)
            try leave(terminal)
        }

        @Test("Ctrl-X Ctrl-E edits the text in the user's editor, which gets neither keys nor others' eyes")
        func editor() throws {
            let script = sandbox.root.appending(path: "editor")
            try """
            #!/bin/sh
            env > "$HOME/environment"
            ls -l "$1" > "$HOME/file"; ls -ld "$(dirname "$1")" > "$HOME/directory"
            stty -a > "$HOME/modes"
            sed -i.bak 's/draft/final/' "$1"; echo "second line" >> "$1"
            """.write(to: script, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
            let terminal = try start("a", ["EDITOR": "vi", "VISUAL": script.path, "OPENAI_API_KEY": "sk-canary"])
            try terminal.type("draft\u{18}\u{5}")
            try terminal.wait(for: isReading)
            try terminal.wait(for: "second line")
            #expect(try prompts().isEmpty)
            try terminal.type("!\r")
            try terminal.wait(for: isReading)
            try leave(terminal)
            #expect(try prompts() == ["final\nsecond line!"])
            func note(_ name: String) throws -> String {
                try String(contentsOf: sandbox.root.appending(path: name), encoding: .utf8)
            }
            #expect(try !note("environment").contains("sk-canary"))
            #expect(try note("file").hasPrefix("-rw-------"))
            #expect(try note("directory").hasPrefix("drwx------"))
            #expect(try note("modes").contains(" icanon") && note("modes").contains(" echo "))
            let path = try #require(try note("file").split(separator: " ").last.map { $0.dropLast() })
            #expect(!FileManager.default.fileExists(atPath: String(path)))
        }

        @Test("An editor that fails, or that there is not, leaves the text as it was")
        func failingEditor() throws {
            #expect(try sent(by: "kept\u{18}\u{5}", "\r", environment: ["VISUAL": "false"]) == ["kept"])
            let terminal = try start("b", ["VISUAL": "no-such-editor"])
            try terminal.type("kept\u{18}\u{5}")
            try terminal.wait(for: "there is no editor 'no-such-editor'")
            try terminal.type("\r")
            try terminal.wait(for: isReading)
            try terminal.wait(for: isReading)
            try leave(terminal)
            #expect(try prompts("b") == ["kept"])
        }

        @Test("vi users have their keys")
        func viKeys() throws {
            try "bind -v\n".write(
                to: sandbox.root.appending(path: ".editrc"), atomically: true, encoding: .utf8)
            #expect(
                try sent(by: "first\r", "one twx\u{1B}ro0iX\u{1B}l\r", "\u{1B}kk\r") == ["first", "Xone two", "first"])
        }
    }
}
