import ArgumentParser
import SessionFiles
import SessionJSON
import SessionKit

/// The command `sesh import`.
struct ImportCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Make a session of a conversation from a file.",
        discussion: """
            Taken are what 'sesh export --format json' writes, arrays of messages with role and content as services use \
            them, objects with such an array as "messages", and messages one a line. System messages at the beginning \
            become the system prompt. It is all or nothing. The session's id is written to standard output.
            """)

    @Argument(
        help: ArgumentHelp("The file; - or nothing is standard input.", valueName: "file"), completion: .file())
    var file: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The new session's id; one is generated if it is left out.", valueName: "id"))
    var session: String?

    func run(in program: Program) async throws {
        let id = try session.map { try SessionID($0) }
        let (bytes, name) = try await read(program)
        let conversation = try ImportedConversation(bytes, named: name)
        guard !conversation.turns.isEmpty else {
            throw CommandError(.malformed, "\(name) has no messages to import.")
        }
        let made = try await program.manager().create(
            id, title: conversation.title, settings: conversation.settings, model: conversation.model,
            turns: conversation.turns)
        try program.output.writeLine(made.id.rawValue)
        program.notice("Imported \(made.summary.messageCount) messages as '\(made.id)'.")
        if conversation.unansweredCount > 0 {
            program.notice(Notices.unansweredLeftOut(conversation.unansweredCount))
        }
    }

    private func read(_ program: Program) async throws -> (bytes: [UInt8], name: String) {
        guard let file, file != "-" else {
            var input = StandardInput(program.input)
            return (try await input.readBytes(), "Standard input")
        }
        return (try await FileInput(path: file).read(), file)
    }
}
