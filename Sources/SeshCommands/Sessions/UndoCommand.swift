import ArgumentParser
import SessionKit

/// The command `sesh undo`.
struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take a session's last turns back; 'sesh redo' restores them.")

    @OptionGroup var turns: TurnArguments

    func run() async throws {
        try await turns.change(done: "Took back") { try await $0.undo($1, in: $2) }
    }
}
