import SessionJSON
import ArgumentParser
import SessionKit

/// The command `sesh export`.
struct ExportCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a session to standard output, for people or other programs.",
        discussion: "JSON has the form of a session file and can be imported; it leaves out what is unanswered.")

    @Argument(help: ArgumentHelp("The session.", valueName: "id"), completion: SessionCompletion.kind)
    var id: String

    @Option(name: [.short, .long], help: "The form: markdown, json or text.")
    var format = TranscriptFormat.markdown

    func run(in program: Program) async throws {
        let manager = try program.manager()
        let id = try SessionID(id)
        let transcript = try await UnknownSession.explained(id, manager) { try await manager.transcript(id) }
        try TranscriptExport(transcript, as: format).write { try program.output.write($0) }
        if format == .json, !transcript.session.pending.isEmpty {
            program.notice(Notices.unansweredLeftOut(transcript.session.pending.count))
        }
    }
}
