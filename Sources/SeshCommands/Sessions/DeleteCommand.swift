import ArgumentParser
import SessionKit

/// The command `sesh delete`.
struct DeleteCommand: ProgramCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete sessions.")

    @OptionGroup var sessions: SessionArguments

    func run(in program: Program) async throws {
        try await sessions.forEach(in: program, verb: "Delete", done: "Deleted", triesMissing: true) { manager, id in
            try await manager.delete(id)
        }
    }
}
