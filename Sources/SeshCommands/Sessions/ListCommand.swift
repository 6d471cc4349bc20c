import ArgumentParser
import SessionKit

/// The command `sesh list`.
struct ListCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List sessions, last used first.",
        discussion: "Into a pipe: id, messages, last use, model and title or first words, separated by tabs.")

    @Flag(help: "Write one JSON array.")
    var json = false

    @Option(help: ArgumentHelp("List at most so many.", valueName: "n"))
    var limit: Int?

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit has to be 1 or more.") }
    }

    func run(in program: Program) async throws {
        let page = try await program.manager().list(limit: limit)
        try await Pager.show(ListRendering(page: page, format: json ? .json : .text, now: program.now), of: program)
        if page.entries.isEmpty, !json {
            program.notice(
                "There are no sessions yet in \(try Stores(program).address().shown); 'sesh chat' begins one.")
        }
    }
}
