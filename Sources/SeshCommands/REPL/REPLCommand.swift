import SessionKit

/// What can be done at the prompt of the REPL beside talking.
enum REPLCommand: String, CaseIterable {
    case help, exit, new, session, history, list, reset, model

    /// Other names.
    static let aliases: [String: REPLCommand] = ["quit": .exit, "?": .help]

    /// The command with its argument, as help shows it.
    var usage: String {
        switch self {
        case .help, .exit, .list, .reset: "/\(rawValue)"
        case .new: "/new [ID]"
        case .session: "/session [ID]"
        case .history: "/history [N]"
        case .model: "/model [REF]"
        }
    }

    /// What it does, in a few words.
    var summary: String {
        switch self {
        case .help: "show this"
        case .exit: "leave, as Ctrl-D does (also /quit)"
        case .new: "begin a new session"
        case .session: "go to another session, or show which this is"
        case .history: "show the messages, or the last N"
        case .list: "list the sessions"
        case .reset: "empty this session's history"
        case .model: "answer with another model, or show which it is"
        }
    }

    /// All commands, a line each.
    static var overview: String {
        let width = allCases.map(\.usage.count).max() ?? 0
        let lines = allCases.map { command in
            "  \(command.usage)\(String(repeating: " ", count: width - command.usage.count))  \(command.summary)"
        }
        return lines.joined(separator: "\n")
            + "\n  //…\(String(repeating: " ", count: width - 3))  a prompt that begins with a slash\n"
            + "Ctrl-C stops an answer and keeps what came; Ctrl-D leaves."
    }

    /// The answer to a command that there is not.
    static func unknown(_ name: String) -> String {
        let near = NearNames.of(name, among: allCases.map(\.rawValue) + aliases.keys.sorted(), limit: 1)
        let hint = near.first.map { " Did you mean /\($0)?" } ?? " /help shows those there are."
        return "There is no command /\(name).\(hint) Write //\(name) to send it to the model."
    }
}
