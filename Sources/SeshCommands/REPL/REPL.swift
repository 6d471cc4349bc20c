import Platform
import ChatModels
import SessionKit
import Terminal

/// A conversation with a person at the terminal.
///
/// No error ends it; only the person or a signal does.
struct REPL {
    private let desk: ChatDesk
    private let editing: LineEditing
    private let console: REPLConsole
    private var place: REPLPlace

    init(desk: ChatDesk) throws {
        self.desk = desk
        place = REPLPlace(desk: desk)
        let monitor = try SignalMonitor(catching: [
            Signal.interrupt, Signal.quit, Signal.terminate, Signal.hangUp, Signal.stop, Signal.goOn,
        ])
        editing = LineEditing(desk: desk, monitor: monitor)
        // Before there is a reader, whose thread changes them.
        let modes = TerminalDevice(descriptor: desk.program.input).modes()
        console = REPLConsole(
            program: desk.program, reader: try LineReader(editing.options), monitor: monitor, usualModes: modes)
    }

    /// Talks until the person leaves.
    mutating func run() async throws {
        defer { leaveTerminal() }
        do {
            try await place.open()
            desk.catalog.prepare(try place.model())
            try await REPLGreeting(desk: desk).show(place)
            while try await readAndHandle() {}
            try await desk.applyRetention()
        } catch let departure as REPLDeparture {
            console.usualModes?.discardKeys()
            leaveTerminal()
            SignalMonitor.die(of: departure.signal)
        }
    }

    private func leaveTerminal() {
        desk.program.leaveScreen()
        console.usualModes?.restore()
    }

    /// Reads a line and does what it says.
    ///
    /// - Returns: whether the conversation goes on.
    private mutating func readAndHandle() async throws -> Bool {
        // An empty line sets a turn apart from what comes next.
        if place.hasAsked, desk.program.messages.isTerminal { try desk.program.messages.writeLine("") }
        place.hasAsked = false
        await tellOfOthers()
        desk.program.title.show("sesh: " + (place.session?.summary.title ?? place.label))
        switch try await console.reader.readLine(prompt: place.label + "> ") {
        case .line(let line, let isVerbatim): return try await handle(line, isVerbatim: isVerbatim)
        case .interrupted: return true
        case .endOfFile:
            try? desk.program.messages.write("\n")
            return false
        case .terminated(let signal): throw REPLDeparture(signal: signal)
        }
    }

    /// Tells what others have done to the session meanwhile.
    private mutating func tellOfOthers() async {
        if let notice = await place.lookElsewhere() { desk.program.notice(notice) }
    }

    private mutating func handle(_ line: String, isVerbatim: Bool) async throws -> Bool {
        let input = REPLInput(line, isVerbatim: isVerbatim)
        console.reader.remember(input.recalled(insteadOf: line))
        await tellOfOthers()
        do {
            switch input {
            case .blank: break
            case .unknown(let name): desk.program.complain(REPLCommand.unknown(name))
            case .command(let command, let argument):
                try command.check(argument)
                guard command != .exit else { return false }
                try await perform(command, argument)
            case .prompt(let prompt): try await turns.send(prompt, in: &place)
            }
        } catch let error as FileOutputError where error.code == .brokenPipe {
            throw error
        } catch let departure as REPLDeparture {
            throw departure
        } catch {
            desk.program.complain(Failure(error).message)
        }
        return true
    }

    private var sessions: SessionCommands { SessionCommands(desk: desk, console: console) }
    private var turns: TurnCommands { TurnCommands(desk: desk, console: console, editor: editing.externalEditor) }
    private var settings: SettingCommands { SettingCommands(desk: desk, console: console) }
    private var conversation: ConversationCommands { ConversationCommands(desk: desk, console: console) }

    private mutating func perform(_ command: REPLCommand, _ argument: String) async throws {
        switch command {
        case .help: try console.say(REPLCommand.overview)
        case .exit: break
        case .new: try await sessions.startNew(argument, in: &place)
        case .session: try await sessions.change(argument, in: &place)
        case .list: try await sessions.list()
        case .reset: try await sessions.reset(in: &place)
        case .delete: try await sessions.delete(in: &place)
        case .rename: try await sessions.rename(argument, in: &place)
        case .title: try await sessions.title(argument, in: &place)
        case .fork: try await sessions.fork(argument, in: &place)
        case .undo: try await turns.undo(argument, in: &place)
        case .redo: try await turns.redo(argument, in: &place)
        case .retry: try await turns.retry(in: &place)
        case .continue: try await turns.carryOn(in: &place)
        case .discard: try await turns.discard(in: &place)
        case .edit: try await turns.edit(argument, in: &place)
        case .model: try settings.model(argument, in: &place)
        case .system: try await settings.system(argument, in: &place)
        case .set: try await settings.set(argument, in: &place)
        case .history: try await conversation.history(argument, in: place)
        case .copy: try await conversation.copy(argument, in: place)
        case .save: try await conversation.save(argument, in: place)
        case .usage: try await conversation.usage(in: place)
        case .context: try await conversation.context(in: place)
        }
    }
}
