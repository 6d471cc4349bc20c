import ArgumentParser
import ChatModels
import SessionKit

/// The command `sesh chat`.
struct ChatCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Ask a question, or talk at a prompt.",
        discussion: """
            On a terminal without a prompt: a conversation, line by line. With a prompt, or with standard input that \
            is no terminal: one turn. Both together: the prompt, a blank line, the input.
            """)

    @OptionGroup var options: ChatOptions

    func run(in program: Program) async throws {
        let program = Program(program.surroundings, isQuiet: options.quiet)
        let plan = try ChatPlan(options, isInteractive: program.isInteractive)
        let desk = try ChatDesk(plan: plan, program: program)
        switch plan.source {
        case .person:
            var repl = try REPL(desk: desk)
            try await repl.run()
        case .once, .records: try await OneShot(desk: desk).run()
        }
    }
}
