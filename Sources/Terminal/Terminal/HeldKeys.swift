/// Keys that wait for the next prompt while the program does something else, in the modes that the line editor leaves
/// the terminal in between two lines.
///
/// Enter sends what was typed ahead once the prompt is there. A paste is told from it by its marks, as at the prompt, so
/// that its lines are one text. Ctrl-C ends the answer and not what was typed for the next prompt; before Ctrl-Z stops the
/// program or a signal ends it what waits is discarded, since it would be the shell's to read, as commands.
package struct HeldKeys: Sendable {
    private let held: TerminalModes
    private let usual: TerminalModes

    /// Begins with the modes that the terminal has now.
    ///
    /// - Parameter usual: the modes that others expect.
    package init?(usual: TerminalModes) {
        guard let held = TerminalDevice(descriptor: usual.descriptor).modes() else { return nil }
        (self.held, self.usual) = (held, usual)
    }

    /// Lets keys wait; does nothing in the background, where the terminal is another program's.
    package func hold() {
        guard TerminalDevice(descriptor: held.descriptor).isInForeground else { return }
        held.apply()
        try? FileOutput(descriptor: held.descriptor).write(BracketedPaste.onWhileHeld)
    }

    /// Gives the terminal to others.
    package func release() { usual.restore() }

    /// Gives the terminal to the shell, without the keys that wait.
    package func discard() {
        usual.discardKeys()
        release()
    }
}
