internal import Platform
internal import TerminalText

/// A question with yes or no for an answer, asked on a terminal.
package struct Question: Sendable {
    private let input: Int32
    private let output: FileOutput

    /// Makes a way to ask.
    ///
    /// - Parameters:
    ///   - input: the descriptor that the answer is read from.
    ///   - output: where the question goes; standard error, since standard output is for answers of a model.
    package init(input: Int32, output: FileOutput) {
        self.input = input
        self.output = output
    }

    /// Asks and waits for a line; blocks the calling thread.
    ///
    /// - Parameter text: the question, without the hint at the possible answers; shown screen-safe.
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

    /// A question with the hint at the possible answers.
    package static func prompt(_ question: String) -> String { question + " [y/N] " }

    /// Whether an answer is `y` or `yes`, in any case and with white space around it.
    package static func isYes(_ answer: String) -> Bool {
        ["y", "yes"].contains(answer.lowercased().filter { !$0.isWhitespace })
    }

    // Byte by byte: what follows the line belongs to whoever reads the descriptor next.
    private func readAnswer() -> String? {
        var line: [UInt8] = []
        while true {
            guard let byte = try? Descriptor.read(input, upTo: 1).first else { return nil }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            if line.count < 64 { line.append(byte) }
        }
    }
}
