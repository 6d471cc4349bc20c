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
        apply(saved)
        withoutStopping { try? FileOutput(descriptor: descriptor).write(BracketedPaste.off) }
    }

    /// Gives the terminal these modes, but with keys held back.
    ///
    /// They are not shown, and wait as they were pressed for whoever reads next. The keys that send signals still do.
    ///
    /// In the background it does nothing, since the terminal is another program's then.
    package func holdKeys() {
        guard tcgetpgrp(descriptor) == getpgrp() else { return }
        var modes = saved
        // Without ICANON, Ctrl-D, Backspace and Ctrl-U are kept as well; without ICRNL, Enter differs from Ctrl-J.
        modes.c_lflag &= ~tcflag_t(ECHO | ICANON | IEXTEN)
        modes.c_iflag &= ~tcflag_t(ICRNL | IXON)
        apply(modes)
    }

    /// Ends what `holdKeys()` began; keys that were held stay readable.
    package func releaseKeys() { apply(saved) }

    private func apply(_ modes: termios) {
        var modes = modes
        withoutStopping { _ = tcsetattr(descriptor, TCSANOW, &modes) }
    }

    /// A background process is stopped by SIGTTOU when it changes the terminal unless that is blocked (tcsetattr(3));
    /// ending is no time for that.
    private func withoutStopping(_ body: () -> Void) {
        var mask = sigset_t()
        var former = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGTTOU)
        pthread_sigmask(SIG_BLOCK, &mask, &former)
        body()
        pthread_sigmask(SIG_SETMASK, &former, nil)
    }
}
