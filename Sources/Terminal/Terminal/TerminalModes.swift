#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The modes of a terminal, as they were when they were read.
package struct TerminalModes: Sendable {
    let descriptor: Int32
    let saved: termios

    /// Restores these modes and turns off bracketed paste, which is not one of them.
    ///
    /// Errors are ignored: it runs while the program ends, and a terminal that is gone needs no modes.
    package func restore() {
        apply()
        withoutStopping { try? FileOutput(descriptor: descriptor).write(BracketedPaste.off) }
    }

    /// Discards keys that were not read; does nothing in the background, where they are for another program.
    package func discardKeys() {
        guard TerminalDevice(descriptor: descriptor).isInForeground else { return }
        tcflush(descriptor, TCIFLUSH)
    }

    /// Sets these modes, in the background too.
    func apply() {
        var modes = saved
        withoutStopping { _ = tcsetattr(descriptor, TCSANOW, &modes) }
    }

    /// Blocks SIGTTOU, which would stop a background process that changes the terminal (tcsetattr(3)), while `body`
    /// runs.
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
    /// It also shows the cursor, which is visible already (DECTCEM, 25), so that a script that drives the program can
    /// tell this from a prompt.
    static let onWhileHeld = "\u{1B}[?25;2004h"
    static let off = "\u{1B}[?2004l"
    /// What a terminal sends before the pasted text.
    static let start = "\u{1B}[200~"
    /// What a terminal sends after the pasted text.
    static let end = Array("\u{1B}[201~".utf8)
}
