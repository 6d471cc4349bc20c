import SessionKit

/// A line typed at the prompt of the REPL, as it is meant.
enum REPLInput: Equatable {
    /// Words for the model.
    case prompt(String)
    /// A command.
    case command(REPLCommand, argument: String)
    /// What looks like a command but is none; it is never sent to a model.
    case unknown(String)
    /// Nothing.
    case blank

    /// Finds out what a line means: a slash begins a command, two begin a prompt that starts with one.
    ///
    /// Blanks before the slash are a slip, or keep the line out of the history of lines; nobody means the model.
    ///
    /// - Parameters:
    ///   - line: what was typed.
    ///   - isVerbatim: whether it is words whatever it begins with, because it was pasted or written as a block.
    init(_ line: String, isVerbatim: Bool = false) {
        guard line.hasVisibleWord else {
            self = .blank
            return
        }
        let (blanks, text) = Self.split(line)
        guard !isVerbatim, text.hasPrefix("/") else {
            self = .prompt(line)
            return
        }
        let words = text.dropFirst()
        guard !words.hasPrefix("/") else {
            self = .prompt("\(blanks)\(words)")
            return
        }
        let name = String(words.prefix { !$0.isWhitespace })
        guard let command = REPLCommand(rawValue: name) ?? REPLCommand.aliases[name] else {
            self = .unknown(name)
            return
        }
        let argument = words.dropFirst(name.count).drop(while: \.isWhitespace)
        let end = argument.lastIndex { !$0.isWhitespace }
        self = .command(command, argument: end.map { String(argument[...$0]) } ?? "")
    }

    /// What is to be called back instead of a line, so that it means the same when it is sent again.
    func recalled(insteadOf line: String) -> String {
        guard case .prompt(let prompt) = self else { return line }
        let (blanks, text) = Self.split(prompt)
        return text.hasPrefix("/") ? "\(blanks)/\(text)" : line
    }

    /// The blanks that a line begins with, and the rest of it.
    private static func split(_ line: String) -> (blanks: Substring, text: Substring) {
        let blanks = line.prefix { $0 == " " || $0 == "\t" }
        return (blanks, line[blanks.endIndex...])
    }
}
