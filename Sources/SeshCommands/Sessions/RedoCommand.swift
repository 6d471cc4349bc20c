import ArgumentParser
import SessionKit

/// The command `sesh redo`.
struct RedoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo", abstract: "Restore the turns that 'sesh undo' or a retry took back last.")

    @OptionGroup var turns: TurnArguments

    func run() async throws {
        try await turns.change(done: "Restored") { try await $0.redo($1, in: $2) }
    }
}
