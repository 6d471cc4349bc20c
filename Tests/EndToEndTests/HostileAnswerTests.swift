import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Answers that would drive the terminal")
    struct HostileAnswerTests {
        let sandbox: Sandbox
        let counts = PromiseCounts("a hostile answer, split at every byte: only text reaches the terminal")

        init() throws { sandbox = try Sandbox() }

        /// How a piece of an answer is written in JSON.
        enum Spelling: CaseIterable {
            /// Controls and all beyond ASCII as `\u…`, in surrogates beyond the first plane.
            case escaped
            /// As UTF-8, where JSON allows it.
            case plain
        }

        private static func event(_ text: String, _ spelling: Spelling) -> String {
            var json = ""
            for unit in text.utf16 where spelling == .escaped {
                json +=
                    #"\u"# + String(repeating: "0", count: 4 - String(unit, radix: 16).count) + String(unit, radix: 16)
            }
            for scalar in text.unicodeScalars where spelling == .plain {
                switch scalar {
                case "\"", "\\": json += "\\\(scalar)"
                case "\0"..<" ": json += #"\u00"# + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                default: json.unicodeScalars.append(scalar)
                }
            }
            return #"data: {"choices":[{"index":0,"delta":{"content":""# + json + "\"}}]}\n\n"
        }

        /// Each byte as a chunk of its own: the transport hands them over one by one.
        private static func byteByByte(_ text: String) -> [UInt8] {
            text.utf8.flatMap { Array("1\r\n".utf8) + [$0] + Array("\r\n".utf8) }
        }

        private func expectText(_ terminal: PseudoTerminal, of answer: String, isRaw: Bool, _ comment: Comment) throws {
            let screen = ScreenBytes(terminal.output)
            counts.add(screen.strays.isEmpty)
            #expect(screen.strays.isEmpty, comment)
            // JSONSerialization on Linux drops byte order marks within strings.
            func withoutMarks(_ text: String) -> [Unicode.Scalar] { text.unicodeScalars.filter { $0 != "\u{FEFF}" } }
            #expect(try sandbox.contents("a").last.map(withoutMarks) == withoutMarks(answer), comment)
            guard isRaw else { return }
            for (control, glyph) in [("\u{1B}", "␛"), ("\u{7}", "␇"), ("\r", "␍")] as [(Unicode.Scalar, Unicode.Scalar)]
            {
                #expect(
                    screen.text.unicodeScalars.count { $0 == glyph }
                        == answer.unicodeScalars.count { $0 == control }, comment)
            }
        }

        @Test(
            "10,000 characters with every control, split at every byte, at the prompt and in one shot",
            arguments: Spelling.allCases, [false, true])
        func everyByte(spelling: Spelling, isRaw: Bool) throws {
            let answer = HostileText.text(length: 10_000, seed: 20) + "the end"
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                try connection.send(Self.byteByByte(Self.event(answer, spelling) + ChatServer.end))
                try connection.endChunks()
            }
            let options = isRaw ? ["--raw"] : ["--max-tokens=100"]
            let once = try sandbox.terminal("chat", "-s", "a", options[0], "x", environment: server.environment)
            #expect(try once.waitForEnd(seconds: 120) == .status(0))
            try expectText(once, of: answer, isRaw: isRaw, "one shot, \(spelling)")
            let terminal = try sandbox.terminal("chat", "-q", "-s", "a", options[0], environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.type("x\r")
            try terminal.wait(for: "the end\r\n", seconds: 120)
            try terminal.wait(for: "a> ")
            try terminal.leave()
            try expectText(terminal, of: answer, isRaw: isRaw, "at the prompt, \(spelling)")
        }

        @Test("Every character a piece of its own", arguments: [false, true])
        func everyPiece(isRaw: Bool) throws {
            let answer = HostileText.text(length: 10_000, seed: 21) + "the end"
            let server = try ChatServer { _, connection in
                try connection.startChunks()
                for scalar in answer.unicodeScalars { try connection.sendChunk(Self.event(String(scalar), .plain)) }
                try connection.sendChunk(ChatServer.end)
                try connection.endChunks()
            }
            let options = isRaw ? ["--raw"] : ["--max-tokens=100"]
            let terminal = try sandbox.terminal("chat", "-s", "a", options[0], environment: server.environment)
            try terminal.wait(for: "a> ")
            try terminal.type("x\r")
            try terminal.wait(for: "the end\r\n", seconds: 120)
            try terminal.wait(for: "a> ")
            try terminal.leave()
            try expectText(terminal, of: answer, isRaw: isRaw, "piece by piece")
        }

        @Test(
            "Bytes that are no UTF-8 never reach the screen",
            arguments: [0x80, 0x9B, 0x9D, 0x90, 0xC0, 0xED, 0xFF] as [UInt8])
        func strayBytes(byte: UInt8) throws {
            let server = try ChatServer { _, connection in
                let event = Self.event("before \u{1}after", .escaped).replacing("\\u0001", with: "\u{1}")
                try connection.startChunks()
                let bytes = event.utf8.map { $0 == 1 ? byte : $0 } + Array(ChatServer.end.utf8)
                for place in bytes { try connection.send(Array("1\r\n".utf8) + [place] + Array("\r\n".utf8)) }
                try connection.endChunks()
            }
            let terminal = try sandbox.terminal("chat", "-s", "a", "x", environment: server.environment)
            _ = try terminal.waitForEnd()
            #expect(ScreenBytes(terminal.output).strays.isEmpty)
        }
    }
}
