import ArgumentParser
import SessionKit

/// The command `sesh rename`.
struct RenameCommand: ProgramCommand {
    static let configuration = CommandConfiguration(commandName: "rename", abstract: "Give a session another id.")

    @Argument(help: ArgumentHelp("The session.", valueName: "id"), completion: SessionCompletion.kind)
    var id: String

    @Argument(help: ArgumentHelp("Its new id.", valueName: "new"))
    var newID: String

    func run(in program: Program) async throws {
        let manager = try program.manager()
        let (id, newID) = (try SessionID(id), try SessionID(newID))
        let session = try await UnknownSession.explained(id, manager) { try await manager.rename(id, to: newID) }
        program.notice("'\(id)' is now '\(session.id)'.")
    }
}
