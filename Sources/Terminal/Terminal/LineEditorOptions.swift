/// The options of a line editor.
package struct LineEditorOptions: Sendable {
    /// The descriptor that keys are read from; a terminal.
    package var input: Int32
    /// The descriptor that the line is drawn on; a terminal.
    package var output: Int32
    /// The name that selects sections of `~/.editrc`.
    package var programName: String
    /// A file of key bindings (editrc(5)); nil for none.
    package var keyBindings: String?
    /// The file that lines are kept in; nil keeps them only in memory.
    package var history: HistoryFile?
    /// The most lines of the history, at least 1.
    package var historyLimit: Int
    /// The monitor that catches signals; without one, signals have their default effect while a line is edited.
    package var signals: SignalMonitor?
    /// What Tab offers; nil for nothing.
    package var completion: LineCompletion.Source?
    /// The program that Ctrl-X Ctrl-E opens; nil for none.
    package var externalEditor: ExternalEditor?
    /// Called before the process is stopped, when the terminal has its usual modes.
    package var willStop: @Sendable () -> Void
    /// Called when the process continues, before the line is drawn again.
    package var didContinue: @Sendable () -> Void

    /// Describes an editor.
    ///
    /// - Parameters:
    ///   - input: the descriptor that keys are read from; a terminal.
    ///   - output: the descriptor that the line is drawn on; a terminal.
    ///   - programName: the name that selects sections of `~/.editrc`.
    ///   - keyBindings: a file of key bindings (editrc(5)); nil for none.
    ///   - history: the file that lines are kept in; nil keeps them only in memory.
    ///   - historyLimit: the most lines of the history, at least 1.
    ///   - signals: the monitor that catches signals; without one they have their default effect while a line is
    ///     edited.
    ///   - completion: what Tab offers; nil for nothing.
    ///   - externalEditor: the program that Ctrl-X Ctrl-E opens; nil for none.
    ///   - willStop: called before the process is stopped by Ctrl-Z, on the line editor's thread.
    ///   - didContinue: called when it continues.
    package init(
        input: Int32, output: Int32, programName: String, keyBindings: String? = nil, history: HistoryFile? = nil,
        historyLimit: Int = 1000, signals: SignalMonitor? = nil, completion: LineCompletion.Source? = nil,
        externalEditor: ExternalEditor? = nil, willStop: @escaping @Sendable () -> Void = {},
        didContinue: @escaping @Sendable () -> Void = {}
    ) {
        self.input = input
        self.output = output
        self.programName = programName
        self.keyBindings = keyBindings
        self.history = history
        self.historyLimit = historyLimit
        self.signals = signals
        self.completion = completion
        self.externalEditor = externalEditor
        self.willStop = willStop
        self.didContinue = didContinue
    }
}
