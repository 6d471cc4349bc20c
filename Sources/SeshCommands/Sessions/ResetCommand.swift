import ArgumentParser
import SessionKit

/// The command `sesh reset`.
struct ResetCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Empty sessions' history, keeping their names, titles and settings.")

    @OptionGroup var sessions: SessionArguments

    func run(in program: Program) async throws {
        try await sessions.forEach(in: program, verb: "Empty the history of", done: "Emptied") { manager, id in
            try await manager.reset(id)
        }
    }
}
