import SessionKit

/// What can be done at the prompt of the REPL beside talking.
enum REPLCommand: String, CaseIterable {
    case help, exit, new, session, list, history, reset, delete, rename, title, fork
    case undo, redo, retry, `continue`, discard, edit, model, system, set, copy, save, usage, context

    /// Other names.
    static let aliases: [String: REPLCommand] = ["quit": .exit, "?": .help]

    /// What a command is about, in the order in which help shows them.
    enum Group: String, CaseIterable {
        case answers = "This answer"
        case turns = "Turns"
        case sessions = "Sessions"
        case settings = "How it answers"
        case program = "The program"
    }

    /// What the command is about.
    var group: Group {
        switch self {
        case .retry, .continue, .edit, .copy, .usage, .context: .answers
        case .history, .undo, .redo, .discard, .save: .turns
        case .new, .session, .list, .fork, .title, .rename, .reset, .delete: .sessions
        case .model, .system, .set: .settings
        case .help, .exit: .program
        }
    }

    /// What may follow the command.
    enum Argument: Equatable {
        case none
        case optional(String)
        case required(String)
    }

    /// What may follow the command, named as help shows it.
    var argument: Argument {
        switch self {
        case .help, .exit, .list, .reset, .delete, .retry, .continue, .discard, .usage, .context: .none
        case .new, .session, .fork: .optional("ID")
        case .history, .undo, .redo: .optional("N")
        case .title, .system, .edit: .optional("TEXT")
        case .model: .optional("REF")
        case .set: .optional("KEY VALUE")
        case .copy: .optional("N|code")
        case .rename: .required("ID")
        case .save: .required("FILE")
        }
    }

    /// The command with its argument, as help shows it.
    var usage: String {
        switch argument {
        case .none: "/\(rawValue)"
        case .optional(let name): "/\(rawValue) [\(name)]"
        case .required(let name): "/\(rawValue) \(name)"
        }
    }

    /// What it does, in a few words.
    var summary: String {
        switch self {
        case .help: "show this"
        case .exit: "leave, as Ctrl-D does (also /quit)"
        case .new: "begin a new session"
        case .session: "go to another session, or tell about this one"
        case .list: "list the sessions"
        case .history: "show the messages, or the last N"
        case .reset: "empty this session's history"
        case .delete: "delete this session"
        case .rename: "give this session another id"
        case .title: "set the title, or show it; - takes it away"
        case .fork: "copy this session up to here and go on in the copy"
        case .undo: "take the last turn back, or the last N"
        case .redo: "restore the turn taken back last, or N turns"
        case .retry: "ask again; /undo brings the earlier answer back"
        case .continue: "carry an interrupted answer on"
        case .discard: "drop what was left unanswered"
        case .edit: "write a prompt in $EDITOR, beginning with the last one"
        case .model: "answer with another model, or show which it is"
        case .system: "set the system prompt, or show it; - takes it away"
        case .set: "set temperature, raw and more, or show all; - unsets one"
        case .copy: "copy the last answer, the Nth last, or the last code block"
        case .save: "write the conversation to a file: .md, .json or .txt"
        case .usage: "show the tokens used"
        case .context: "show what of this session goes along with the next prompt"
        }
    }

    /// Checks that something follows the command only where it may.
    ///
    /// - Parameter argument: what follows, without white space around it.
    /// - Throws: `CommandError` with the status `usage`, showing what the command takes.
    func check(_ argument: String) throws {
        switch self.argument {
        case .none where !argument.isEmpty, .required where argument.isEmpty:
            throw CommandError(.usage, "Write \(usage): \(summary).")
        default: break
        }
    }

    /// All commands, a line each, in their groups.
    static var overview: String {
        let width = allCases.map(\.usage.count).max() ?? 0
        func line(_ usage: String, _ summary: String) -> String {
            "  \(usage)\(String(repeating: " ", count: width - usage.count))  \(summary)"
        }
        let groups = Group.allCases.map { group in
            let commands = allCases.filter { $0.group == group }
            return "\(group.rawValue)\n" + commands.map { line($0.usage, $0.summary) }.joined(separator: "\n")
        }
        return groups.joined(separator: "\n") + "\n" + line("//…", "a prompt that begins with a slash")
            + "\nCtrl-C stops an answer and keeps what came; Ctrl-D leaves.\n'sesh help keys' lists the keys."
    }

    /// The answer to a command that there is not.
    static func unknown(_ name: String) -> String {
        guard !name.isEmpty else { return "A command's name follows the slash; /help shows those there are." }
        let near = NearNames.of(name, among: allCases.map(\.rawValue) + aliases.keys.sorted(), limit: 1)
        let hint = near.first.map { " Did you mean /\($0)?" } ?? " /help shows those there are."
        return "There is no command /\(name).\(hint) Write //\(name) to send it to the model."
    }
}
