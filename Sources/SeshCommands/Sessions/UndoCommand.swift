import ArgumentParser
import SessionKit

/// The command `sesh undo`.
struct UndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take a session's last turns back; 'sesh redo' restores them.")

    @OptionGroup var turns: TurnArguments

    func run() async throws {
        try await turns.forEach(done: "Took back") { manager, id in try await manager.undo(in: id) }
    }
}
