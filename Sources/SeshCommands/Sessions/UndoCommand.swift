import ArgumentParser
import SessionKit

/// A session and how many of its turns a command is about.
struct TurnArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The session.", valueName: "id"), completion: SessionCompletion.kind)
    var id: String

    @Option(name: [.customShort("n"), .customLong("turns")], help: ArgumentHelp("How many turns.", valueName: "n"))
    var count = 1

    func validate() throws {
        guard count >= 1 else { throw ValidationError("-n has to be 1 or more.") }
    }

    /// Does something to so many turns, or to none if there are fewer, and tells of each.
    ///
    /// - Parameters:
    ///   - program: the surroundings.
    ///   - done: what was done, as a notice says: `Took back`.
    ///   - change: does it and gives the turns.
    func change(
        in program: Program, done: String, _ change: (SessionManager, Int, SessionID) async throws -> [Turn]
    ) async throws {
        let manager = try program.manager()
        let id = try SessionID(id)
        let turns = try await UnknownSession.explained(id, manager) { try await change(manager, count, id) }
        for turn in turns { program.notice("\(done) \(turn.quotedPrompt).") }
    }
}

/// The command `sesh undo`.
struct UndoCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take a session's last turns back; 'sesh redo' restores them.")

    @OptionGroup var turns: TurnArguments

    func run(in program: Program) async throws {
        try await turns.change(in: program, done: "Took back") { try await $0.undo($1, in: $2) }
    }
}

/// The command `sesh redo`.
struct RedoCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "redo", abstract: "Restore the turns that 'sesh undo' or a retry took back last.")

    @OptionGroup var turns: TurnArguments

    func run(in program: Program) async throws {
        try await turns.change(in: program, done: "Restored") { try await $0.redo($1, in: $2) }
    }
}
