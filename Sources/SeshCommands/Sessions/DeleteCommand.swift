import ArgumentParser
import SessionKit

/// The command `sesh delete`.
struct DeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete sessions.")

    @OptionGroup var sessions: SessionArguments

    func run() async throws {
        try await sessions.forEach(in: Program(), verb: "Delete", done: "Deleted", triesMissing: true) { manager, id in
            try await manager.delete(id)
        }
    }
}
