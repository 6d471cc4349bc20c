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
        apply()
        withoutStopping { try? FileOutput(descriptor: descriptor).write(BracketedPaste.off) }
    }

    /// Discards keys that nobody has read; does nothing in the background, where they are another program's.
    package func discardKeys() {
        guard TerminalDevice(descriptor: descriptor).isInForeground else { return }
        tcflush(descriptor, TCIFLUSH)
    }

    /// Gives the terminal these modes, in the background too.
    func apply() {
        var modes = saved
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

/// The sequences of bracketed paste (xterm control sequences, "Bracketed Paste Mode").
enum BracketedPaste {
    static let on = "\u{1B}[?2004h"
    /// The same while keys only wait for a prompt.
    ///
    /// The cursor is named too, which is visible already (DECTCEM, 25), so that who reads a terminal's bytes, such as a
    /// script that drives the program, sees a prompt only where there is one.
    static let onWhileHeld = "\u{1B}[?25;2004h"
    static let off = "\u{1B}[?2004l"
    /// What a terminal sends before the pasted text.
    static let start = "\u{1B}[200~"
    /// What a terminal sends after the pasted text.
    static let end = Array("\u{1B}[201~".utf8)
}
