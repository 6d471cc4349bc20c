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
    /// - Parameters:
    ///   - line: what was typed.
    ///   - isVerbatim: whether it is words whatever it begins with, because it was pasted or written as a block.
    init(_ line: String, isVerbatim: Bool = false) {
        guard line.hasVisibleWord else {
            self = .blank
            return
        }
        guard !isVerbatim, line.hasPrefix("/") else {
            self = .prompt(line)
            return
        }
        guard !line.hasPrefix("//") else {
            self = .prompt(String(line.dropFirst()))
            return
        }
        let words = line.dropFirst()
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
        if case .prompt(let prompt) = self, prompt.hasPrefix("/") { "/" + prompt } else { line }
    }
}
