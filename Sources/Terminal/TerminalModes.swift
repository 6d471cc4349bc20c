#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The modes that a terminal had at one moment.
package struct TerminalModes: Sendable {
    let descriptor: Int32
    let saved: termios

    /// Gives the terminal these modes back and ends bracketed paste, which no modes describe.
    ///
    /// Nothing is reported: it runs while the program ends, where a terminal that is gone needs no modes.
    package func restore() {
        var modes = saved
        // A background process is stopped by SIGTTOU here unless it is blocked (tcsetattr(3)); dying is no time for that.
        var mask = sigset_t()
        var former = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &mask, &former)
        tcsetattr(descriptor, TCSANOW, &modes)
        try? FileOutput(descriptor: descriptor).write(BracketedPaste.off)
        pthread_sigmask(SIG_SETMASK, &former, nil)
    }
}
