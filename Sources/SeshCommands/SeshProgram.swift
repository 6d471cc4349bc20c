import ArgumentParser
import CSystem
import ChatModels
import Platform
import Terminal
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs the program; called by `main`.
///
/// - Parameters:
///   - count: how many arguments there are, the program's name included.
///   - arguments: as `main` got them.
@c(sesh_program_main)
public func seshProgramMain(count: CInt, arguments: UnsafePointer<UnsafePointer<CChar>?>) {
    SeshProgram.main(CommandWords(count: Int(count), arguments: arguments))
}

/// How a run of the program ends.
package enum ProgramEnd: Equatable, Sendable {
    /// With an exit code.
    case exit(Int32)
    /// As a signal that is not caught ends a process.
    case signal(Int32)
}

/// The whole program: prepares the process, runs a command, and is the one place where an error becomes an end.
package enum SeshProgram {
    /// Runs the command line of this process and ends it.
    ///
    /// Libraries never touch signals or umask; the program does, here.
    ///
    /// - Parameter words: the command line.
    package static func main(_ words: CommandWords) -> Never {
        ThreadExecutor.runProgram {
            prepareProcess()
            switch await run(words, in: .process) {
            case .exit(let code): end(code)
            case .signal(let number): SignalMonitor.die(of: number)
            }
        }
    }

    /// Runs a command line.
    ///
    /// - Parameters:
    ///   - words: the command line.
    ///   - surroundings: what the run is given.
    /// - Returns: how the process should end; what there was to say is written.
    package static func run(_ words: CommandWords, in surroundings: Surroundings) async -> ProgramEnd {
        let program = Program(surroundings)
        let arguments = words.arguments
        var command: any ParsableCommand
        do {
            if surroundings.ownsProcess, arguments.first == ChatCommand.configuration.commandName {
                try prepareChat(arguments)
            }
            try words.checkEncoding()
            try OptionSyntax.check(
                arguments, commands: SeshCommand.commandNames, topics: HelpTopic.allCases.map(\.rawValue))
            if let topic = HelpTopic(arguments) {
                try program.output.writeLine(topic.text)
                return .exit(0)
            }
            command = try SeshCommand.parseAsRoot(arguments)
            // The parser's own commands (help, completion scripts) end by throwing their text.
            guard command is any ProgramCommand, !arguments.isEmpty else {
                try command.run()
                return .exit(0)
            }
        } catch let error as CommandError {
            return end(by: error, program)
        } catch let error as ThreadError {
            return end(by: error, program)
        } catch {
            return end(byParser: error, program)
        }
        do {
            if let command = command as? any ProgramCommand { try await command.run(in: program) }
            return .exit(0)
        } catch {
            return end(by: error, program)
        }
    }

    private static func prepareProcess() {
        // On a broken pipe what had arrived has to be saved first; see `end(by:)`.
        signal(SIGPIPE, SIG_IGN)
        // A file that grows too large for `ulimit -f` is an error like a full disk (setrlimit(2)).
        signal(SIGXFSZ, SIG_IGN)
        // A signal mask is inherited through exec (signal(7)), and threads such as libdispatch's block nearly all: started
        // from one, this program would hear neither Ctrl-C nor SIGTERM.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        StandardStreams.holdPlaces()
        // Keys are in this memory, and a dump may be kept for years or sent to a vendor.
        _ = sesh_refuse_core_dumps()
    }

    /// Begins what a chat will need before it is clear what is asked for: the command line takes 2 ms to be understood.
    ///
    /// - Throws: `ThreadError` where there are too few threads for a chat: better said now than found in the midst of it.
    private static func prepareChat(_ arguments: [String]) throws(ThreadError) {
        // Before there are other threads: setlocale(3) is for one alone.
        if TerminalDevice(descriptor: 0).isTerminal { ProcessLocale.adoptUTF8() }
        for _ in ThreadOfChat.allCases { try DetachedThread.startAhead() }
        if !asksForEcho(arguments) { ModelCatalog.prepareToConnect() }
    }

    /// The threads that a chat starts; while libcurl is being opened none can be started.
    private enum ThreadOfChat: CaseIterable { case signals, standardInput, waitingSign }

    /// Whether the model that is asked for needs no connection.
    ///
    /// It may be another word that follows `-m`; then libcurl is opened later, which takes a moment more.
    private static func asksForEcho(_ arguments: [String]) -> Bool {
        let options: Set = ["-m", "--model"]
        let isGiven = zip(arguments, arguments.dropFirst()).contains { options.contains($0) && $1 == "echo" }
        return isGiven || arguments.contains("--model=echo")
    }

    /// Ends by what the parser has thrown: a usage error, or a text that was asked for, such as the help.
    ///
    /// The parser's own way out would show what a command line may bring to drive the terminal, and exit(3) is not for a
    /// program in which a library is being opened.
    private static func end(byParser error: any Error, _ program: Program) -> ProgramEnd {
        let text = SeshCommand.fullMessage(for: error)
        let code = SeshCommand.exitCode(for: error)
        do {
            if !text.isEmpty { try (code.isSuccess ? program.output : program.messages).writeLine(text) }
        } catch {
            return end(by: error, program)
        }
        return .exit(code.rawValue)
    }

    private static func end(by error: any Error, _ program: Program) -> ProgramEnd {
        switch error {
        case let error as FileOutputError where error.code == .brokenPipe: return .signal(Signal.brokenPipe)
        case let error as ReportedFailure: return .exit(error.status.rawValue)
        default:
            let failure = Failure(error)
            program.complain(failure.message)
            return .exit(failure.status.rawValue)
        }
    }

    /// Ends the process without what libraries have registered to be done at exit.
    ///
    /// A thread may still be opening libcurl, or waiting in it, and OpenSSL's own atexit handler takes away what that
    /// thread uses: seen as a crash in libcrypto when a chat was left at once.
    private static func end(_ code: Int32) -> Never {
        fflush(nil)
        _exit(code)
    }
}

/// The three descriptors that every program takes for granted.
enum StandardStreams {
    /// Holds the places of those that the caller has closed (`sesh … >&-`).
    ///
    /// Otherwise the next file that is opened would get the number, and an answer could be written into a session.
    /// Opened the wrong way round, so that using one still fails as using a closed one does.
    static func holdPlaces() {
        for (descriptor, mode) in [(Int32(0), O_WRONLY), (1, O_RDONLY), (2, O_RDWR)] {
            guard fcntl(descriptor, F_GETFD) == -1, errno == EBADF else { continue }
            // The lowest free number is this one: those below it are open by now.
            _ = open("/dev/null", mode)
        }
    }
}

/// The character set of the process.
enum ProcessLocale {
    /// Adopts the user's character set, with UTF-8 in any case, for the line editor.
    ///
    /// Without a locale libedit drops every byte above 127 without a word; containers and cron jobs have none. Nothing
    /// else asks the C library, and all twelve categories would be 0.2 ms of every start.
    static func adoptUTF8() {
        setlocale(LC_CTYPE, "")
        guard String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" else { return }
        #if canImport(Glibc)
            setlocale(LC_CTYPE, "C.UTF-8")
        #else
            setlocale(LC_CTYPE, "en_US.UTF-8")
        #endif
    }
}
