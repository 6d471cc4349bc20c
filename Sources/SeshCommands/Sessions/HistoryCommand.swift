import ArgumentParser
import ChatModels
import SessionKit

/// The command `sesh history`.
struct HistoryCommand: ProgramCommand {
    static let configuration = CommandConfiguration(commandName: "history", abstract: "Show a session's messages.")

    @Argument(help: ArgumentHelp("The session.", valueName: "id"), completion: SessionCompletion.kind)
    var id: String

    @Option(help: ArgumentHelp("Show the last so many messages only.", valueName: "n"))
    var last: Int?

    @Flag(help: "Show answers as they are: no Markdown is rendered on a terminal.")
    var raw = false

    @Flag(help: "Write one JSON array.")
    var json = false

    func validate() throws {
        if let last, last < 0 { throw ValidationError("--last has to be 0 or more.") }
    }

    func run(in program: Program) async throws {
        let manager = try program.manager()
        let id = try SessionID(id)
        let transcript = try await UnknownSession.explained(id, manager) {
            try await manager.transcript(id, last: last)
        }
        if let remark = transcript.session.summary.remark { program.notice(remark) }
        // A broken configuration is no reason to show no history.
        let configuration = (try? program.configuration()) ?? Configuration()
        let rendering = HistoryRendering(
            transcript: transcript, format: json ? .json : .text, isRaw: raw || configuration.isRaw)
        try await Pager.show(rendering, of: program)
        await tellContext(of: transcript.session, program, configuration, manager)
    }

    /// Tells a person what of the session goes along with the next prompt, as far as that is known without asking.
    private func tellContext(
        of session: Session, _ program: Program, _ configuration: Configuration, _ manager: SessionManager
    ) async {
        guard !json, program.output.isTerminal, let reference = session.summary.model,
            let model = try? program.catalog(configuration).model(for: reference),
            let standing = try? await ContextStanding(
                of: session.id, in: manager.store, for: model, isAsking: false),
            standing.report.window != nil || standing.report.leftOutCount > 0
        else { return }
        program.notice(ContextDescription(standing).text)
    }
}
