internal import Platform
internal import CLibEdit

/// What signals do while a line is edited.
extension LineEditor {
    /// Does what a signal asks for.
    ///
    /// - Returns: whether editing goes on.
    func handle(signal number: Int32) -> Bool {
        switch number {
        case Signal.windowChange:
            // Whoever waits for the next key draws before.
            break
        case Signal.stop:
            suspend(withGroup: false)
        case Signal.goOn where isContinuing:
            // What ends a suspension is a signal, too.
            isContinuing = false
        case Signal.goOn:
            resumeEditing()
            redraw()
        case Signal.interrupt:
            leave(with: .interrupted)
            return false
        default:
            leave(with: .terminated(signal: number))
            return false
        }
        return true
    }

    /// Ends the editing with something; whoever began it writes the line feed.
    func leave(with outcome: LineInput) {
        self.outcome = outcome
        if case .line = outcome { leaveText(isWhole: true) } else { leaveText() }
    }

    /// Stops the process as Ctrl-Z does everywhere, with the terminal as it was before.
    ///
    /// - Parameter withGroup: whether the process group is to stop too: what sent a signal has seen to that itself.
    func suspend(withGroup: Bool) {
        pauseEditing()
        options.willStop()
        SignalMonitor.stopProcess(withGroup: withGroup)
        isContinuing = true
        options.didContinue()
        resumeEditing()
    }

    /// Gives the terminal to others, on a line of its own.
    func pauseEditing() {
        leaveText()
        show(BracketedPaste.off + "\n")
        sesh_edit_prepare_terminal(line, 0)
        usualModes?.apply()
    }

    /// Takes the terminal back.
    func resumeEditing() {
        // Whoever ran meanwhile may have changed the modes; libedit sets them only when it believes they differ.
        sesh_edit_prepare_terminal(line, 0)
        sesh_edit_prepare_terminal(line, 1)
        show(BracketedPaste.on)
    }
}
