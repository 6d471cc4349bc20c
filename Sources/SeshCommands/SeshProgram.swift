import ArgumentParser
import ChatModels
import Terminal
import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The whole program: prepares the process, runs a command, and is the one place where an error becomes an end.
package enum SeshProgram {
    /// Runs the command line of this process and ends it.
    ///
    /// Libraries never touch signals or umask; the program does, here.
    package static func main() -> Never { ThreadExecutor.runProgram { await run() } }

    private static func run() async -> Never {
        // On a broken pipe what had arrived has to be saved first; see `end(by:)`.
        signal(SIGPIPE, SIG_IGN)
        // A signal mask is inherited through exec (signal(7)), and threads such as libdispatch's block nearly all: started
        // from one, this program would hear neither Ctrl-C nor SIGTERM.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        StandardStreams.holdPlaces()
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == ChatCommand.configuration.commandName { prepareChat(arguments) }
        var command: any ParsableCommand
        do {
            try ArgumentEncoding.check()
            try OptionSyntax.check(arguments)
            command = try SeshCommand.parseAsRoot(arguments)
            // The parser's own commands (help, completion scripts) are the synchronous ones.
            guard command is any AsyncParsableCommand, !arguments.isEmpty else {
                try command.run()
                end(with: .success)
            }
        } catch let error as CommandError {
            end(by: error)
        } catch {
            end(byParser: error)
        }
        do {
            if var command = command as? any AsyncParsableCommand { try await command.run() }
            end(with: .success)
        } catch {
            end(by: error)
        }
    }

    /// Begins what a chat will need before it is clear what is asked for: the command line takes 2 ms to be understood.
    private static func prepareChat(_ arguments: [String]) {
        // Before there are other threads: setlocale(3) is for one alone.
        if TerminalDevice(descriptor: 0).isTerminal { ProcessLocale.adoptUTF8() }
        guard !arguments.contains("echo") else { return }
        // For standard input, signals and who watches them: while libcurl is being opened no thread can start.
        for _ in 0..<3 { DetachedThread.startAhead() }
        ModelCatalog.prepareToConnect()
    }

    /// Ends the process by what the parser has thrown: a usage error, or a text that was asked for, such as the help.
    ///
    /// The parser's own way out would show what a command line may bring to drive the terminal, and exit(3) is not for a
    /// program in which a library is being opened.
    private static func end(byParser error: any Error) -> Never {
        let text = SeshCommand.fullMessage(for: error)
        let code = SeshCommand.exitCode(for: error)
        let program = Program()
        do {
            if !text.isEmpty { try (code.isSuccess ? program.output : program.messages).writeLine(text) }
        } catch {
            end(by: error)
        }
        _exit(code.rawValue)
    }

    private static func end(by error: any Error) -> Never {
        switch error {
        case let error as FileOutputError where error.code == .brokenPipe: SignalMonitor.die(of: SIGPIPE)
        case let error as ReportedFailure: end(with: error.status)
        default:
            let failure = Failure(error)
            Program().complain(failure.message)
            end(with: failure.status)
        }
    }

    /// Ends the process without what libraries have registered to be done at exit.
    ///
    /// A thread may still be opening libcurl, or waiting in it, and OpenSSL's own atexit handler takes away what that
    /// thread uses: seen as a crash in libcrypto when a chat was left at once.
    private static func end(with status: ExitStatus) -> Never {
        fflush(nil)
        _exit(status.rawValue)
    }
}
