#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The numbers of signals (signal(7)).
package enum Signal {
    /// SIGINT: Ctrl-C.
    package static let interrupt = SIGINT
    /// SIGQUIT: Ctrl-\.
    package static let quit = SIGQUIT
    /// SIGTERM: asks a program to end.
    package static let terminate = SIGTERM
    /// SIGHUP: the terminal is gone.
    package static let hangUp = SIGHUP
    /// SIGTSTP: Ctrl-Z.
    package static let stop = SIGTSTP
    /// SIGCONT: continues after a stop.
    package static let goOn = SIGCONT
    /// SIGWINCH: the window's size has changed.
    package static let windowChange = SIGWINCH
    /// SIGPIPE: nobody reads any more.
    package static let brokenPipe = SIGPIPE
    /// SIGKILL: the end, at once.
    package static let kill = SIGKILL

    /// Ignores a signal in this process, and in programs that it starts other than by `ChildProcess`.
    package static func ignore(_ number: Int32) { signal(number, SIG_IGN) }

    /// Sends a signal; failures are ignored.
    ///
    /// - Parameters:
    ///   - number: the signal.
    ///   - process: a child that was not waited for yet; nil for this process.
    package static func send(_ number: Int32, to process: Int32? = nil) {
        systemKill(process ?? getpid(), number)
    }
}

// Within `Signal`, `kill` is the signal.
private func systemKill(_ process: Int32, _ number: Int32) { _ = kill(process, number) }
