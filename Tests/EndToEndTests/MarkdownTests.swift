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
    }
}
