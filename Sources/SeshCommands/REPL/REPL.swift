import ChatModels
import SessionKit
import Terminal
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A conversation with a person at the terminal.
///
/// No error ends it; only the person or a signal does.
struct REPL {
    let desk: ChatDesk
    let monitor: SignalMonitor
    let reader: LineReader
    let screen: TerminalDevice
    /// The session; nil until the first prompt makes one, so that looking in and leaving leaves nothing behind.
    var session: Session?
    /// The model chosen by a flag or by `/model`, until another session is entered.
    var chosenModel: ModelReference?

    init(desk: ChatDesk) throws {
        self.desk = desk
        chosenModel = desk.plan.model
        screen = TerminalDevice(descriptor: 0)
        monitor = try SignalMonitor(catching: [SIGINT, SIGQUIT, SIGTERM, SIGHUP])
        reader = try LineReader(LineEditing(desk: desk, monitor: monitor).options)
    }

    /// Talks until the person leaves.
    mutating func run() async throws {
        let modes = screen.modes()
        let existing = try await desk.existingSession()
        let model = try desk.model(for: existing, flag: chosenModel)
        if existing != nil || desk.plan.target.isNamed { session = try await desk.enter(existing) }
        desk.catalog.prepare(model)
        try await greet(model: model.reference)
        while true {
            switch try await reader.readLine(prompt: label + "> ") {
            case .line(let line, let isVerbatim):
                guard try await handle(line, isVerbatim: isVerbatim, modes: modes) else {
                    return try await desk.applyRetention()
                }
            case .interrupted: continue
            case .endOfFile:
                try? desk.program.messages.write("\n")
                return try await desk.applyRetention()
            case .terminated(let signal): leave(by: signal, modes)
            }
        }
    }

    /// What stands before the line that is typed.
    private var label: String { desk.plan.target == .ephemeral ? "ephemeral" : session?.id.rawValue ?? "new" }

    /// Does what a line says.
    ///
    /// - Returns: whether the conversation goes on.
    private mutating func handle(_ line: String, isVerbatim: Bool, modes: TerminalModes?) async throws -> Bool {
        let input = REPLInput(line, isVerbatim: isVerbatim)
        reader.remember(input.recalled(insteadOf: line))
        do {
            switch input {
            case .blank: break
            case .unknown(let name): desk.program.complain(REPLCommand.unknown(name))
            case .command(.exit, _): return false
            case .command(let command, let argument): try await perform(command, argument)
            case .prompt(let prompt): try await answer(prompt, modes: modes)
            }
        } catch let error as FileOutputError where error.code == .brokenPipe {
            throw error
        } catch {
            desk.program.complain(Failure(error).message)
        }
        return true
    }

    /// Runs a turn.
    ///
    /// Ctrl-C stops the answer; any other signal stops it and then the program.
    private mutating func answer(_ prompt: String, modes: TerminalModes?) async throws {
        let model = try desk.model(for: session, flag: chosenModel)
        let open = if let session { session } else { try await desk.enter(nil) }
        session = open
        var conversation = try await desk.manager.conversation(in: open.id, with: model)
        conversation.streams = desk.plan.streams
        let (result, signal) = await Interruption(monitor: monitor).run { [desk, conversation] in
            let reporter = TurnReporter(desk: desk)
            var printer = AnswerPrinter(output: desk.program.output)
            do {
                let result = try await conversation.send(prompt) { piece in
                    if desk.plan.streams { try printer.write(piece) }
                }
                try reporter.acknowledge(
                    result, in: conversation.session, printer: &printer, wasStreamed: desk.plan.streams)
                return result
            } catch {
                if printer.isMidLine { try? printer.finish() }
                throw error
            }
        }
        if let signal, signal != SIGINT { leave(by: signal, modes) }
        if case .success = result { chosenModel = nil }  // It has become the session's own.
        switch result {
        case .success(let turn):
            if case .interrupted = turn.ending { return }
            try TurnReporter(desk: desk).check(turn)
        case .failure(let error): throw error
        }
    }

    private func leave(by signal: Int32, _ modes: TerminalModes?) -> Never {
        modes?.restore()
        SignalMonitor.die(of: signal)
    }

    // MARK: Commands

    private mutating func perform(_ command: REPLCommand, _ argument: String) async throws {
        switch command {
        case .help: try say(REPLCommand.overview)
        case .exit: break
        case .list:
            try await ListRendering(page: desk.manager.list(), format: .text).write(to: desk.program.messages)
        case .history: try await showHistory(argument)
        case .reset: try await reset()
        case .new: try await startNew(argument)
        case .session: try await changeSession(argument)
        case .model: try changeModel(argument)
        }
    }

    private func say(_ text: String) throws { try desk.program.messages.writeLine(text) }

    private func showHistory(_ argument: String) async throws {
        guard let session else { return try say("This session is new.") }
        let count = Int(argument)
        guard argument.isEmpty || (count ?? -1) >= 0 else {
            throw CommandError(.usage, "/history takes a number of messages, not '\(argument)'.")
        }
        let transcript = try await desk.manager.transcript(session.id, last: count)
        try HistoryRendering(transcript: transcript, format: .text).write(to: desk.program.messages)
    }

    private mutating func reset() async throws {
        guard let session else { return try say("This session is new.") }
        guard try await desk.program.ask("Empty the history of \(session.id)?") else { return }
        self.session = try await desk.manager.reset(session.id)
        try say("Emptied \(session.id).")
    }

    private mutating func startNew(_ argument: String) async throws {
        if argument.isEmpty {
            session = nil
        } else {
            session = try await desk.manager.startNew(SessionID(argument))
        }
        chosenModel = nil
        try say(session.map { "New session '\($0.id)'." } ?? "A new session begins with the next prompt.")
    }

    private mutating func changeSession(_ argument: String) async throws {
        guard !argument.isEmpty else {
            return try say(
                session.map { "This is '\($0.id)'." } ?? "This session is new; it gets its name with the first prompt.")
        }
        let id = try SessionID(argument)
        session = try await UnknownSession.explained(id, desk.manager) { try await desk.manager.use(id) }
        chosenModel = nil
        try await greet(model: desk.model(for: session, flag: nil).reference)
    }

    private mutating func changeModel(_ argument: String) throws {
        guard !argument.isEmpty else {
            return try say("\(desk.model(for: session, flag: chosenModel).reference) answers here.")
        }
        guard let reference = ModelReference(argument) else {
            throw CommandError(.usage, "'\(argument)' is no model: write provider:model or a provider's name.")
        }
        let model = try desk.catalog.model(for: reference)
        chosenModel = reference
        desk.catalog.prepare(model)
        try say("\(reference) answers from now on.")
    }

    /// Says where we are: the session, its age and model, and what was said last.
    private func greet(model: ModelReference) async throws {
        guard !desk.program.isQuiet else { return }
        let screen = desk.program.messages
        guard let session, session.summary.messageCount > 0 || !session.pending.isEmpty else {
            return try say("\(model) answers. /help shows the commands, Ctrl-D leaves.")
        }
        let summary = session.summary
        let age = Age.ago(Date().timeIntervalSince(summary.updatedAt))
        let heading = [
            summary.title ?? summary.id.rawValue, "\(summary.messageCount) messages", "last used \(age)",
            model.description,
        ]
        try screen.writeComposed(screen.styled(heading.joined(separator: " · "), .bold) + "\n")
        let transcript = try await desk.manager.transcript(summary.id, last: 2)
        let earlier = summary.messageCount - transcript.messages.count
        if earlier > 0 {
            try screen.writeComposed(screen.styled("… \(earlier) earlier messages; /history shows them", .dim) + "\n")
        }
        try HistoryRendering(transcript: transcript, format: .text).write(to: screen)
        try screen.write("\n")
    }
}
