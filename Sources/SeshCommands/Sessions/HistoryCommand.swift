import ArgumentParser
import ChatModels
import SessionKit
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The command `sesh history`.
struct HistoryCommand: AsyncParsableCommand {
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

    func run() async throws {
        let program = Program()
        let manager = program.manager()
        let id = try SessionID(id)
        let transcript = try await UnknownSession.explained(id, manager) {
            try await manager.transcript(id, last: last)
        }
        if let claimed = transcript.session.summary.claimedID { program.notice(Notices.copiedByHand(id, claimed)) }
        // A broken configuration is no reason to show no history.
        let readable = try? program.configuration()
        let configuration = readable ?? Configuration()
        let rendering = HistoryRendering(
            transcript: transcript, format: json ? .json : .text, isRaw: raw || configuration.isRaw)
        guard program.output.isTerminal, !json else { return try rendering.write(to: program.output) }
        let pager = Pager(environment: program.childEnvironment(readable))
        // Ctrl-C is the pager's while it runs (less(1)); this program just waits for its end.
        if pager.isNeeded(for: rendering, on: program.output) { signal(SIGINT, SIG_IGN) }
        try await pager.show(rendering, on: program.output)
    }
}
