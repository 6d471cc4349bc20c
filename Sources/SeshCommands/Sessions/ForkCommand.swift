import ArgumentParser
import SessionKit

/// The command `sesh fork`.
struct ForkCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "fork", abstract: "Copy a session under a new id.",
        discussion: """
            The new id is written to standard output. What was left unanswered or taken back stays behind. The turns' \
            names are in 'sesh history ID --json'.
            """)

    @Argument(help: ArgumentHelp("The session.", valueName: "id"), completion: SessionCompletion.kind)
    var id: String

    @Argument(help: ArgumentHelp("The copy's id; one is generated if it is left out.", valueName: "new"))
    var newID: String?

    @Option(help: ArgumentHelp("Copy up to and with this turn.", valueName: "turn"))
    var through: String?

    func validate() throws {
        if let through, TurnID(through) == nil { throw ValidationError("'\(through)' is no turn.") }
    }

    func run(in program: Program) async throws {
        let manager = try program.manager()
        let id = try SessionID(id)
        let newID = try newID.map { try SessionID($0) }
        let turn = through.flatMap { TurnID($0) }
        // A turn that is missing is not found either, but says so itself.
        guard try await manager.exists(id) else { throw await UnknownSession.error(id, manager) }
        let copy = try await manager.fork(id, as: newID, through: turn)
        try program.output.writeLine(copy.id.rawValue)
    }
}
