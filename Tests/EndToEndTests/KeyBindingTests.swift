import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Keys, one by one")
    struct KeyBindingTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let isReading = "\u{1B}[?2004h"

        /// Types keys that send prompts, and gives what was sent.
        private func sent(by keys: String..., environment: [String: String] = [:]) throws -> [String] {
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a", environment: environment)
            try terminal.wait(for: Self.isReading)
            for keys in keys {
                try terminal.type(keys)
                try terminal.wait(for: Self.isReading)
            }
            try terminal.leave()
            return try sandbox.messages("a").filter { $0["role"] as? String == "user" }.compactMap {
                $0["content"] as? String
            }
        }

        /// Keys, and the prompt that they make.
        struct Keys: Sendable, CustomTestStringConvertible {
            let name: String
            let typed: String
            let sent: String
            var testDescription: String { name }

            init(_ name: String, _ typed: String, _ sent: String) {
                (self.name, self.typed, self.sent) = (name, typed, sent)
            }
        }

        private static let keys: [Keys] = [
            Keys("Ctrl-A, Ctrl-E: ends of the line", "b\u{1}a\u{5}c", "abc"),
            Keys("Home, End", "b\u{1B}[Ha\u{1B}[Fc", "abc"),
            Keys("Home, End as other terminals send them", "b\u{1B}OHa\u{1B}OFc", "abc"),
            Keys("Home, End as tmux and the Linux console send them", "b\u{1B}[1~a\u{1B}[4~c", "abc"),
            Keys("Ctrl-Left, Ctrl-Right: a word", "one two\u{1B}[1;5Dx \u{1B}[1;5C!", "one x two!"),
            Keys("Alt-Left, Alt-Right: a word", "one two\u{1B}[1;3Dx \u{1B}[1;3C!", "one x two!"),
            Keys("Ctrl-B, Ctrl-F: a character", "ac\u{2}b\u{6}d", "abcd"),
            Keys("Left, Right", "ac\u{1B}[Db\u{1B}[Cd", "abcd"),
            Keys("Left, Right in application mode", "ac\u{1B}ODb\u{1B}OCd", "abcd"),
            Keys("Alt-B, Alt-F: a word", "one two\u{1B}bx \u{1B}f!", "one x two!"),
            Keys("Backspace, Ctrl-H", "abx\u{7F}cy\u{8}", "abc"),
            Keys("Ctrl-D, Delete: the character at the cursor", "axbyc\u{1}\u{6}\u{4}\u{6}\u{1B}[3~", "abc"),
            Keys("Ctrl-K: to the end of the line", "keep lost\u{1}\u{6}\u{6}\u{6}\u{6}\u{B}", "keep"),
            Keys("Ctrl-U: the line", "lost\u{15}kept", "kept"),
            Keys("Ctrl-W: the word before", "one two\u{17}three", "one three"),
            Keys("Ctrl-W, Ctrl-Y: cut and put back", "one two\u{17}\u{1}\u{19} ", "two one "),
            Keys("Alt-D: the word at the cursor", "one two\u{1}\u{1B}d", " two"),
            Keys("Alt-U, Alt-L, Alt-C: case", "ab CD ef\u{1}\u{1B}u\u{1B}l\u{1B}c", "AB cd Ef"),
            Keys("Ctrl-T: two characters", "ba\u{14}", "ab"),
            Keys("Ctrl-L: the screen", "ab\u{C}c", "abc"),
            Keys("Ctrl-V: the next key as text", "a\u{16}\u{1}b", "a\u{1}b"),
            Keys("Tab in a prompt, where there is nothing to complete", "a\tb", "ab"),
        ]

        @Test("Emacs keys edit the line", arguments: keys)
        func emacs(keys: Keys) throws { #expect(try sent(by: keys.typed + "\r") == [keys.sent]) }

        @Test("Ctrl-R: found and sent by Enter, again by Ctrl-R, given up by Ctrl-G")
        func search() throws {
            let prompts = try sent(by: "apple one\r", "apple two\r", "\u{12}appl\u{12}\r", "\u{12}apple\u{7}new\r")
            #expect(prompts == ["apple one", "apple two", "apple one", "new"])
        }

        @Test("Up and Down at the ends of the history stay there")
        func ends() throws {
            let (up, down) = ("\u{1B}[A", "\u{1B}[B")
            #expect(try sent(by: "one\r", "\(up)\(up)\(up)!\r", "\(down)\(down)x\r") == ["one", "one!", "x"])
        }

        @Test("A key bound in .editrc does what it says, and vi users open their editor with v")
        func editrc() throws {
            let path = sandbox.root.appending(path: ".editrc")
            try "bind ^O ed-move-to-beg\n".write(to: path, atomically: true, encoding: .utf8)
            #expect(try sent(by: "b\u{F}a\r") == ["ab"])
            try "bind -v\n".write(to: path, atomically: true, encoding: .utf8)
            let editor = sandbox.root.appending(path: "editor")
            try "#!/bin/sh\necho edited > \"$1\"\n".write(to: editor, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: editor.path)
            #expect(try sent(by: "draft\u{1B}v", "\r", environment: ["VISUAL": editor.path]).last == "edited")
            #expect(try sent(by: "one\r", "two\r", "\u{1B}kkj\r").suffix(3) == ["one", "two", "two"])
        }

        @Test(
            "What the line can't show is sent exactly",
            arguments: [
                "e\u{301}\u{302}z", "cafe\u{301}", "👩‍👩‍👧 🇩🇪 ❤️", "日本語", "עברית \u{202E}x", "क्षि", "\u{1112}\u{1161}\u{11AB}",
            ])
        func exact(text: String) throws {
            // As it was typed, and after moving about in it.
            let prompts = try sent(by: text + "\r", text + "\u{2}\u{6}\u{1}\u{5}\r")
            #expect(prompts == [text, text])
        }

        @Test("Tab completes names of files, settings and parts, and nothing where nothing is known")
        func completion() throws {
            let directory = sandbox.root.appending(path: "notes dir")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            try Data().write(to: directory.appending(path: "talk.md"))
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a")
            try terminal.wait(for: "a> ")
            try terminal.say("one", "one\r\n", "a> ")
            try terminal.say("/save not\tta\t", "notes dir/talk.md is there already. Overwrite it? [y/N]")
            try terminal.say("n", "a> ")
            try terminal.say("/save ~/not\tta\t", "/notes dir/talk.md is", "[y/N]")
            try terminal.say("n", "a> ")
            try terminal.say("/set te\t1", "temperature  1", "a> ")
            try terminal.say("/copy co\t", "no code block", "a> ")
            try terminal.say("/title x\ty", "The title is now: x", "a> ")
            try terminal.leave()
        }
    }
}
