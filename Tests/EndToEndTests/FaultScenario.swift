import Foundation
import Testing

/// A command whose every file call is made to fail.
struct FaultScenario: Sendable, CustomTestStringConvertible {
    /// What it is about.
    let name: String
    /// The command line; `IMPORT` stands for a file that can be imported.
    let arguments: [String]
    /// Standard input.
    var input: String?
    /// Whether there are sessions before: `a`, with turns in the history, undone and unanswered, and `b`.
    var hasSessions = true
    /// What the sessions directory can be found to hold: before, after, and in between for changes of several steps; 1 for
    /// a command that only reads.
    let stages: Int
    /// A fault besides the one that is tried.
    var always: String?
    /// Whether the same command, run again after it was broken off, leads to what it would have led to at once.
    var endsAlike = true
    /// Whether an unanswered prompt may be left beside the same words answered, where it can't be seen whether somebody
    /// waits for it.
    var mayLeavePending = false

    var testDescription: String { name }

    /// Whether the command changes something.
    var isChange: Bool { stages > 1 }

    static let all: [FaultScenario] = [
        FaultScenario(
            name: "chat, the first session of all", arguments: ["chat", "-s", "new", "Hi"], hasSessions: false,
            stages: 4),
        FaultScenario(name: "chat, a new session", arguments: ["chat", "-s", "new", "Hi"], stages: 4),
        FaultScenario(
            name: "chat, a new session where renames can't be exclusive", arguments: ["chat", "-s", "new", "Hi"],
            stages: 4, always: "rename 1 1 \(ENOSYS)"),
        FaultScenario(name: "chat, on with a session", arguments: ["chat", "-s", "a", "Hi"], stages: 3),
        FaultScenario(
            name: "chat, an unanswered prompt again", arguments: ["chat", "-s", "a", "Lost"], stages: 3,
            endsAlike: false, mayLeavePending: true),
        FaultScenario(
            name: "chat, with other settings", arguments: ["chat", "-s", "a", "--system", "Be brief.", "Hi"],
            stages: 4),
        FaultScenario(
            name: "chat, two prompts", arguments: ["chat", "-s", "a", "--lines"], input: "Hi\nHo\n", stages: 5,
            endsAlike: false),
        FaultScenario(name: "list", arguments: ["list", "--json"], stages: 1),
        FaultScenario(name: "history", arguments: ["history", "a", "--json"], stages: 1),
        FaultScenario(name: "history, the end", arguments: ["history", "a", "--last", "2"], stages: 1),
        FaultScenario(name: "export", arguments: ["export", "a", "--format", "json"], stages: 1),
        FaultScenario(name: "reset", arguments: ["reset", "a"], stages: 2),
        FaultScenario(name: "delete", arguments: ["delete", "a"], stages: 2),
        FaultScenario(name: "prune", arguments: ["prune", "--keep", "1"], stages: 2),
        FaultScenario(name: "rename", arguments: ["rename", "a", "c"], stages: 2),
        FaultScenario(name: "fork", arguments: ["fork", "a", "c"], stages: 2),
        FaultScenario(name: "undo", arguments: ["undo", "a"], stages: 2),
        FaultScenario(name: "redo", arguments: ["redo", "a"], stages: 2),
        FaultScenario(name: "import", arguments: ["import", "IMPORT", "-s", "c"], stages: 2),
    ]
}
