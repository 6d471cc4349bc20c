internal import Platform
internal import TerminalText

/// Yes-or-no questions on a terminal.
package struct Question: Sendable {
    private let input: Int32
    private let output: FileOutput

    /// Makes a way to ask.
    ///
    /// - Parameters:
    ///   - input: the descriptor that the answer is read from.
    ///   - output: the output for the question: standard error, since standard output is for a model's answers.
    package init(input: Int32, output: FileOutput) {
        self.input = input
        self.output = output
    }

    /// Asks and waits for a line; blocks the calling thread.
    ///
    /// - Parameter text: the question, without the hint of the possible answers; shown screen-safe.
    /// - Returns: true only for `y` or `yes` in any case; false for anything else, the end of input included.
    /// - Throws: `FileOutputError` when the question can't be shown.
    package func ask(_ text: String) throws(FileOutputError) -> Bool {
        try output.write(ScreenText.safeLine(Self.prompt(text)))
        guard let answer = readAnswer() else {
            try output.write("\n")
            return false
        }
        return Self.isYes(answer)
    }

    /// A question with the hint of the possible answers.
    package static func prompt(_ question: String) -> String { question + " [y/N] " }

    /// Whether an answer is `y` or `yes`, in any case and with white space around it.
    package static func isYes(_ answer: String) -> Bool {
        ["y", "yes"].contains(answer.lowercased().filter { !$0.isWhitespace })
    }

    // Byte by byte: what follows the line is for the next reader of the descriptor.
    private func readAnswer() -> String? {
        var line: [UInt8] = []
        while true {
            guard let byte = try? Descriptor.read(input, upTo: 1).first else { return nil }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            if line.count < 64 { line.append(byte) }
        }
    }
}
