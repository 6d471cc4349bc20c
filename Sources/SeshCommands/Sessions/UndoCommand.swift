import ArgumentParser
import SessionKit

/// The command `sesh undo`.
struct UndoCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take a session's last turns back; 'sesh redo' restores them.")

    @OptionGroup var turns: TurnArguments

    func run(in program: Program) async throws {
        try await turns.change(in: program, done: "Took back") { try await $0.undo($1, in: $2) }
    }
}
