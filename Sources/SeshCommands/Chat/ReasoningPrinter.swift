import Synchronization
import TerminalText

/// Shows what a model reasons before it answers, apart from the answer: dim on a terminal, or as a count beside the
/// waiting sign; never where somebody else than a person reads.
final class ReasoningPrinter: Sendable {
    private struct State {
        var hasWritten = false
        var words = 0
    }

    private let program: Program
    private let isShown: Bool
    private let state = Mutex(State())

    /// Makes a printer that has written nothing.
    ///
    /// - Parameters:
    ///   - program: the terminal's.
    ///   - isShown: whether the words are shown, or counted only.
    init(program: Program, isShown: Bool) {
        self.program = program
        self.isShown = isShown
    }

    /// Takes a piece.
    func write(_ piece: String) {
        guard program.messages.isTerminal, program.output.isTerminal else { return }
        state.withLock { state in
            guard isShown else {
                state.words += piece.split(whereSeparator: \.isWhitespace).count
                return program.waitingSign.note("reasoning, \(state.words) words")
            }
            program.waitingSign.end()
            state.hasWritten = true
            let lines = piece.split(separator: "\n", omittingEmptySubsequences: false)
            let text = lines.map { $0.isEmpty ? "" : program.messages.styled(String($0), .dim) }.joined(separator: "\n")
            try? program.messages.writeComposed(text)
        }
    }

    /// Sets what was shown apart from the answer that begins.
    func end() {
        state.withLock { state in
            if state.hasWritten { try? program.messages.writeComposed("\n\n") }
            state.hasWritten = false
        }
    }
}
