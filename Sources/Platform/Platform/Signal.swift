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
    /// SIGTERM: to end.
    package static let terminate = SIGTERM
    /// SIGHUP: the terminal is gone.
    package static let hangUp = SIGHUP
    /// SIGTSTP: Ctrl-Z.
    package static let stop = SIGTSTP
    /// SIGCONT: to go on after a stop.
    package static let goOn = SIGCONT
    /// SIGWINCH: the window has another size.
    package static let windowChange = SIGWINCH
    /// SIGPIPE: nobody reads any more.
    package static let brokenPipe = SIGPIPE
    /// SIGKILL: the end, at once.
    package static let kill = SIGKILL

    /// Lets a signal do nothing to this process, and to what it starts otherwise than by `ChildProcess`.
    package static func ignore(_ number: Int32) { signal(number, SIG_IGN) }

    /// Sends a signal; one that can't be sent is passed over.
    ///
    /// - Parameters:
    ///   - number: the signal.
    ///   - process: a child that was not waited for yet; nil: this process.
    package static func send(_ number: Int32, to process: Int32? = nil) {
        #if canImport(Glibc)
            _ = Glibc.kill(process ?? getpid(), number)
        #else
            _ = Darwin.kill(process ?? getpid(), number)
        #endif
    }
}
