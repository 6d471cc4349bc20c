import Markdown
import SessionKit

/// What `/copy` takes out of a conversation.
enum AnswerPart: Equatable {
    /// An answer, counted from the last one, which is 1.
    case answer(Int)
    /// The last fenced code block.
    case code

    /// Reads the argument of `/copy`; nothing means the last answer.
    init?(_ argument: String) {
        switch argument {
        case "": self = .answer(1)
        case "code": self = .code
        default:
            guard let number = Int(argument), number >= 1 else { return nil }
            self = .answer(number)
        }
    }

    /// The words.
    ///
    /// - Throws: `SessionError` with `nothingToDo` if the conversation has no such part.
    func text(of messages: [Message]) throws -> String {
        let answers = messages.filter { $0.role == .assistant }
        switch self {
        case .answer(let number):
            guard number <= answers.count else {
                let count = answers.count == 1 ? "is 1 answer" : "are \(answers.count) answers"
                throw SessionError(.nothingToDo, "There \(count) here, nothing was copied.")
            }
            return answers[answers.count - number].content.text
        case .code:
            for answer in answers.reversed() {
                if let block = FencedCode.blocks(in: answer.content.text).last { return block }
            }
            throw SessionError(.nothingToDo, "There is no code block in this conversation.")
        }
    }

    /// What was copied, for a message.
    func name(of text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
        let size = lines == 1 ? "\(text.count) characters" : "\(lines) lines"
        switch self {
        case .answer(1): return "the last answer (\(size))"
        case .answer(let number): return "answer \(number) from the end (\(size))"
        case .code: return "the last code block (\(size))"
        }
    }
}
