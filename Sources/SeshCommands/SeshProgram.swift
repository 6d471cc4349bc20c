import ArgumentParser
import Terminal
import Threads
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
    package static func main() -> Never { CallingThread.run { await run() } }

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
        var command: any ParsableCommand
        do {
            try ArgumentEncoding.check()
            try OptionSyntax.check(arguments)
            command = try SeshCommand.parseAsRoot(arguments)
            // The parser's own commands (help, completion scripts) are the synchronous ones.
            guard command is any AsyncParsableCommand, !arguments.isEmpty else {
                try command.run()
                exit(ExitStatus.success.rawValue)
            }
        } catch let error as CommandError {
            end(by: error)
        } catch {
            SeshCommand.exit(withError: error)
        }
        do {
            if var command = command as? any AsyncParsableCommand { try await command.run() }
            end(with: .success)
        } catch {
            end(by: error)
        }
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
