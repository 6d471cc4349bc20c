import ArgumentParser
import SessionKit

/// The command `sesh redo`.
struct RedoCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo", abstract: "Restore the turns that 'sesh undo' or a retry took back last.")

    @OptionGroup var turns: TurnArguments

    func run(in program: Program) async throws {
        try await turns.change(in: program, done: "Restored") { try await $0.redo($1, in: $2) }
    }
}
