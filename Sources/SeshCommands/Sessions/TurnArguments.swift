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

    /// Does something to one turn after another, stopping at the first failure.
    ///
    /// - Parameters:
    ///   - done: what was done, as a notice says: `Took back`.
    ///   - change: does it and gives the turn.
    func forEach(done: String, change: (SessionManager, SessionID) async throws -> Turn) async throws {
        let program = Program()
        let manager = program.manager()
        let id = try SessionID(id)
        for _ in 0..<count {
            let turn = try await UnknownSession.explained(id, manager) { try await change(manager, id) }
            program.notice("\(done) \(turn.quotedPrompt).")
        }
    }
}
