internal import Platform
internal import CLibEdit

/// Handles signals while a line is edited.
extension LineEditor {
    /// Handles a signal.
    ///
    /// - Returns: whether editing continues.
    func handle(signal number: Int32) -> Bool {
        switch number {
        case Signal.windowChange:
            // The text is drawn before the next key anyway.
            break
        case Signal.stop:
            suspend(withGroup: false)
        case Signal.goOn where isContinuing:
            // The end of a suspension is also a signal.
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

    /// Ends editing with an outcome; the caller of libedit writes the line feed.
    func leave(with outcome: LineInput) {
        self.outcome = outcome
        if case .line = outcome { leaveText(isWhole: true) } else { leaveText() }
    }

    /// Stops the process as Ctrl-Z does, with the terminal's usual modes.
    ///
    /// - Parameter withGroup: whether to stop the process group; not after a signal, whose sender has chosen the
    ///   processes.
    func suspend(withGroup: Bool) {
        pauseEditing()
        options.willStop()
        SignalMonitor.stopProcess(withGroup: withGroup)
        isContinuing = true
        options.didContinue()
        resumeEditing()
    }

    /// Sets the terminal up for other programs, on a new line.
    func pauseEditing() {
        leaveText()
        show(BracketedPaste.off + "\n")
        sesh_edit_prepare_terminal(line, 0)
        usualModes?.apply()
    }

    /// Takes the terminal back.
    func resumeEditing() {
        // Another program may have changed the modes; libedit sets them only when it believes they differ.
        sesh_edit_prepare_terminal(line, 0)
        sesh_edit_prepare_terminal(line, 1)
        show(BracketedPaste.on)
    }
}
