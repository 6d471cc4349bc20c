import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Markdown in answers")
    struct MarkdownTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        private static let answer = "# T\n\nA **b** `c`\u{1B}[31m\n\n- one\n"

        @Test("On a terminal it is rendered; what is stored is the text itself")
        func rendered() throws {
            let terminal = try sandbox.terminal("chat", "-s", "demo", "-n", "--", Self.answer)
            let screen = try terminal.wait(for: "one\r\n")
            #expect(screen.contains("\u{1B}[1;4mT\u{1B}[0m\r\n\r\nA \u{1B}[1mb\u{1B}[0m \u{1B}[36mc\u{1B}[0m␛[31m\r\n"))
            #expect(try terminal.waitForEnd() == .status(0))
            #expect(try sandbox.contents("demo").last == Self.answer)
        }

        @Test("With --raw, and with raw in the configuration, the text is shown as it is, safe all the same")
        func raw() throws {
            let shown = "# T\r\n\r\nA **b** `c`␛[31m\r\n\r\n- one\r\n"
            let flagged = try sandbox.terminal("chat", "-s", "a", "--raw", "-n", "--", Self.answer)
            try flagged.wait(for: shown)
            #expect(try flagged.waitForEnd() == .status(0))
            let configuration = try sandbox.configure(#"{"raw":true}"#)
            let configured = try sandbox.terminal(
                "chat", "-s", "b", "-n", "--", Self.answer, environment: configuration)
            try configured.wait(for: shown)
            #expect(try configured.waitForEnd() == .status(0))
        }

        @Test("Without colour headings and code keep their markers")
        func withoutColour() throws {
            let terminal = try sandbox.terminal(
                "chat", "-s", "a", "-n", "--", Self.answer, environment: ["NO_COLOR": "1"])
            try terminal.wait(for: "# T\r\n\r\nA b `c`␛[31m\r\n\r\n• one\r\n")
            #expect(try terminal.waitForEnd() == .status(0))
        }

        /// The answer as it looks on a terminal, and as it is.
        private static let shown = (
            rendered: "\u{1B}[1;4mT\u{1B}[0m\r\n\r\nA \u{1B}[1mb\u{1B}[0m \u{1B}[36mc\u{1B}[0m␛[31m\r\n\r\n"
                + "\u{1B}[2m• \u{1B}[0mone\r\n",
            raw: "# T\r\n\r\nA **b** `c`␛[31m\r\n\r\n- one\r\n"
        )

        @Test("history shows answers as they looked when they came, prompts as they were typed; --raw neither")
        func history() async throws {
            try await sandbox.run("chat", "-s", "a", "-n", "--", Self.answer)
            let (rendered, raw) = Self.shown
            let terminal = try sandbox.terminal("history", "a")
            try terminal.wait(for: "user:\u{1B}[0m\r\n" + raw + "\r\n")
            try terminal.wait(for: "assistant (echo):\u{1B}[0m\r\n" + rendered)
            #expect(try terminal.waitForEnd() == .status(0))
            let configuration = try sandbox.configure(#"{"raw":true}"#)
            for (option, environment) in [("--raw", [:]), ("--last=2", configuration)] {
                let other = try sandbox.terminal("history", option, "a", environment: environment)
                try other.wait(for: "assistant (echo):\u{1B}[0m\r\n" + raw)
                #expect(try other.waitForEnd() == .status(0))
            }
            let piped = try await sandbox.run("history", "a")
            #expect(piped.output == "user:\n\(Self.answer)\nassistant (echo):\n\(Self.answer)")
        }

        @Test("The last exchange on resuming, /history and live answers look alike; /set raw turns it off and on")
        func inside() async throws {
            try await sandbox.run("chat", "-s", "a", "-n", "--", Self.answer)
            let (rendered, raw) = Self.shown
            let terminal = try sandbox.terminal("chat", "-s", "a")
            try terminal.wait(for: "assistant (echo):\u{1B}[0m\r\n" + rendered)
            try terminal.wait(for: "a> ")
            try terminal.say("/history", "assistant (echo):\u{1B}[0m\r\n" + rendered, "a> ")
            try terminal.say("/set raw on", "raw          on", "a> ")
            try terminal.say("/history 1", "assistant (echo):\u{1B}[0m\r\n" + raw, "a> ")
            try terminal.say("**x**", "\u{1B}[?2004l", "**x**\r\n", "a> ")
            try terminal.say("/set raw off", "raw          off", "a> ")
            try terminal.say("**x**", "\u{1B}[?2004l", "\u{1B}[1mx\u{1B}[0m\r\n", "a> ")
            try terminal.say("/set raw perhaps", "raw takes on or off", "a> ")
            try terminal.leave()
        }

        @Test("What is rendered decides whether the pager is needed: a table of two lines of text may take a screen")
        func pager() async throws {
            let table = "| a | b |\n|---|---|\n| x | " + String(repeating: "long-word ", count: 24) + "|\n"
            try await sandbox.run("chat", "-s", "a", "-n", "--", table)
            let terminal = try PseudoTerminal(columns: 20, rows: 22)
            var environment = sandbox.environment()
            environment["PAGER"] = "sed 's/^/~ /'"
            try terminal.start(Sandbox.binary, ["history", "--last=1", "a"], environment: environment)
            try terminal.wait(for: "~ ")
            #expect(try terminal.waitForEnd() == .status(0))
        }
    }
}
