import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Sequences of keys type nothing")
    struct KeySequenceTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let isReading = "\u{1B}[?2004h"

        /// Reports, and keys of protocols that terminals are switched to, which no description has.
        private static let reports = [
            "\u{1B}[57358u", "\u{1B}[57376;5u", "\u{1B}[97;1:3u", "\u{1B}[1;1:3D", "\u{1B}[97;9u", "\u{1B}[9;2u",
            "\u{1B}[27;2;9~",
            "\u{1B}[27;5;49~", "\u{1B}[I", "\u{1B}[O", "\u{1B}[M !!", "\u{1B}[<0;3;4M", "\u{1B}[<0;3;4m",
            "\u{1B}[32;10;10M",
            "\u{1B}[?62;22c", "\u{1B}[>41;354;0c", "\u{1B}[12;40R", "\u{1B}[0n", "\u{1B}[?2026;1$y", "\u{1B}[?1u",
            "\u{1B}[4;600;800t", "\u{1B}]10;rgb:ffff/ffff/ffff\u{7}", "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\",
            "\u{1B}P1$r0m\u{1B}\\", "\u{1B}P>|xterm(390)\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[201~",
            "\u{1B}[7$", "\u{1B}[7^", "\u{1B}[7@", "\u{1B}[11^", "\u{1B}[23$", "\u{1B}[[A", "\u{1B}[[E",
            "\u{1B}\u{1B}[5~", "\u{1B}OP",
            "\u{1B}O2P", "\u{1B}[1;2A", "\u{1B}[1;2P", "\u{1B}[15;2~", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}[3;5~",
            "\u{1B}[2~",
        ]

        /// What a key may do to a text: it is the arrows that recall lines, and Enter that sends.
        private static let acting = ["\u{1B}[A", "\u{1B}OA", "\u{1B}[B", "\u{1B}OB", "\u{1B}OM"]

        private static let terminals = [
            "xterm", "xterm-256color", "xterm-kitty", "tmux-256color", "screen-256color", "rxvt",
            "rxvt-unicode-256color",
            "linux", "iterm2", "iTerm2.app", "vte-256color", "alacritty", "foot", "konsole", "putty", "st-256color",
            "mintty",
            "wezterm", "cons25", "vt220", "gnome-256color", "mlterm", "contour",
        ]

        /// The sequences that keys send, from the descriptions of terminals that are installed.
        private func described() async throws -> [String] {
            var found: Set<String> = []
            for terminal in Self.terminals {
                let run = try await sandbox.start(["-1", "-x", terminal], program: "/usr/bin/infocmp").finish()
                guard run.status == 0 else { continue }
                for line in run.output.split(separator: "\n") {
                    guard let name = line.firstIndex(where: { $0 != "\t" && $0 != " " }), line[name] == "k",
                        let equals = line.firstIndex(of: "=")
                    else { continue }
                    let value = String(line[line.index(after: equals)...].dropLast())
                    found.insert(value.replacing("\\E", with: "\u{1B}").replacing("\\s", with: " "))
                }
            }
            return found.filter { text in
                ["\u{1B}[", "\u{1B}O", "\u{1B}\u{1B}[", "\u{1B}\u{1B}O"].contains { text.hasPrefix($0) }
                    && !text.contains("%") && !text.contains("\\") && !text.contains("^") || Self.isRxvt(text)
            }.sorted()
        }

        /// rxvt's keys with Ctrl end in a circumflex, with which infocmp also writes control characters.
        private static func isRxvt(_ text: String) -> Bool {
            text.hasPrefix("\u{1B}[") && text.hasSuffix("^") && !text.dropLast().contains { "%\\^".contains($0) }
        }

        /// Types each sequence after something, and gives what was sent.
        private func sent(_ sequences: [String], after before: String) throws -> [String] {
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a")
            try terminal.wait(for: Self.isReading)
            try terminal.type("found\r")
            try terminal.wait(for: Self.isReading)
            for sequence in sequences {
                // Ctrl-E goes behind the text wherever the key went.
                try terminal.type(before + sequence + "\u{5}\r")
                try terminal.wait(for: Self.isReading)
            }
            try terminal.leave()
            return try sandbox.messages("a").filter { $0["role"] as? String == "user" }.dropFirst().compactMap {
                $0["content"] as? String
            }
        }

        @Test(
            "At the prompt, in a text of several lines and in a search",
            .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/infocmp")),
            arguments: [("text", "text"), ("one\ntwo", "one\ntwo"), ("\u{12}foun", "found")])
        func unchanged(before: String, expected: String) async throws {
            let described = try await described()
            #expect(described.count > 100)
            // In the found text the cursor stands before something, which Delete takes.
            let isSearch = before.hasPrefix("\u{12}")
            let deletes = ["\u{1B}[3", "\u{1B}\u{1B}[3"]
            var sequences = (described + Self.reports).filter { sequence in
                !Self.acting.contains(sequence)
                    && !(isSearch
                        && deletes.contains {
                            sequence.hasPrefix($0) && "~;^$@".contains(sequence.dropFirst($0.count).first ?? " ")
                        })
            }
            // Ctrl-E leaves a search, so there every sequence needs one of its own.
            if !isSearch {
                sequences = stride(from: 0, to: sequences.count, by: 10).map {
                    sequences[$0..<min($0 + 10, sequences.count)].joined(separator: "\u{5}")
                }
            }
            let prompts = try sent(sequences, after: before)
            #expect(prompts.count == sequences.count)
            for (sequence, prompt) in zip(sequences, prompts) where prompt != expected {
                Issue.record("\(sequence.debugDescription) made \(prompt.debugDescription)")
            }
        }

        @Test("An arrow, Home or End ends a search and moves, in Emacs's and in vi's keys", arguments: [false, true])
        func search(isVi: Bool) throws {
            if isVi {
                let path = sandbox.root.appending(path: ".editrc")
                try "bind -v\n".write(to: path, atomically: true, encoding: .utf8)
            }
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a")
            try terminal.wait(for: Self.isReading)
            let keys = ["\u{1B}[H!", "\u{1B}[F!", "\u{1B}[1~!", "\u{1B}[1;5D!", "x\u{7F}\u{1B}[C!"]
            for line in ["one two"] + keys.map({ "\u{12}one tw" + $0 }) {
                try terminal.type(line + "\r")
                try terminal.wait(for: Self.isReading)
                try terminal.type("\u{3}")
                try terminal.wait(for: Self.isReading)
            }
            try terminal.leave()
            let prompts = try sandbox.messages("a").compactMap {
                $0["role"] as? String == "user" ? $0["content"] as? String : nil
            }
            #expect(Array(prompts.prefix(3)) == ["one two", "!one two", prompts.count > 2 ? prompts[2] : ""])
            #expect(prompts.allSatisfy { $0.replacing("!", with: "") == "one two" }, "\(prompts)")
        }

        @Test("Keys of vi's: Home, End and the arrows with Ctrl in the midst of typing")
        func vi() throws {
            let path = sandbox.root.appending(path: ".editrc")
            try "bind -v\n".write(to: path, atomically: true, encoding: .utf8)
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a")
            try terminal.wait(for: Self.isReading)
            for keys in [
                "b\u{1B}[1~a\u{1B}[4~c", "b\u{1B}[Ha\u{1B}[Fc", "one two\u{1B}[1;5Dx \u{1B}[F!", "ac\u{1B}[Db\u{1B}[Cd",
            ] {
                try terminal.type(keys + "\r")
                try terminal.wait(for: Self.isReading)
            }
            try terminal.leave()
            let prompts = try sandbox.messages("a").compactMap {
                $0["role"] as? String == "user" ? $0["content"] as? String : nil
            }
            #expect(prompts == ["abc", "abc", "one x two!", "abcd"])
        }
    }
}
