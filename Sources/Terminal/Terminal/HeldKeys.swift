/// Keys that wait for the next prompt while the program does something else, in the modes in which the line editor
/// leaves the terminal between two lines.
///
/// Enter sends what was typed ahead once the prompt is shown. A paste has marks, as at the prompt, so that its lines
/// are one text. Ctrl-C ends the answer but keeps what was typed for the next prompt; before Ctrl-Z stops the program
/// or a signal ends it, waiting keys are discarded, since the shell would read them as commands.
package struct HeldKeys: Sendable {
    private let held: TerminalModes
    private let usual: TerminalModes

    /// Takes the terminal's present modes as those in which keys wait.
    ///
    /// - Parameter usual: the modes that other programs expect.
    package init?(usual: TerminalModes) {
        guard let held = TerminalDevice(descriptor: usual.descriptor).modes() else { return nil }
        (self.held, self.usual) = (held, usual)
    }

    /// Lets keys wait; does nothing in the background, where another program has the terminal.
    package func hold() {
        guard TerminalDevice(descriptor: held.descriptor).isInForeground else { return }
        held.apply()
        try? FileOutput(descriptor: held.descriptor).write(BracketedPaste.onWhileHeld)
    }

    /// Sets the terminal up for other programs.
    package func release() { usual.restore() }

    /// Sets the terminal up for the shell, and discards the keys that wait.
    package func discard() {
        usual.discardKeys()
        release()
    }
}
