import SeshTestSupport
import Testing

/// What tests of the REPL do again and again.
extension PseudoTerminal {
    /// Waits for a whole answer to the line that was typed: keys are held by then, and the sign that an answer is awaited
    /// may have come and gone.
    func waitForAnswer(_ text: String) throws {
        try wait(forEither: ["\u{1B}[?25;2004h\(text)\r\n", "\r\u{1B}[K\(text)\r\n"])
    }

    /// Types a line and waits for what follows it, in order.
    func say(_ line: String, _ expected: String...) throws {
        try type(line + "\r")
        for text in expected { try wait(for: text) }
    }

    /// Leaves as a person does, with Ctrl-D.
    func leave() throws {
        try type("\u{4}")
        #expect(try waitForEnd() == .status(0))
    }
}
