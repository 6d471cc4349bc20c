/// What a line editor works with.
package struct LineEditorOptions: Sendable {
    /// The descriptor keys are read from; a terminal.
    package var input: Int32
    /// The descriptor the line is drawn on; a terminal.
    package var output: Int32
    /// The name that sections of `~/.editrc` are chosen by.
    package var programName: String
    /// A file of key bindings (editrc(5)); nil for none.
    package var keyBindings: String?
    /// Where lines are kept across runs; nil keeps them only in memory.
    package var history: HistoryFile?
    /// The greatest number of lines that can be called back, at least 1.
    package var historyLimit: Int
    /// Who catches signals; without one, signals take their own course while a line is edited.
    package var signals: SignalMonitor?
    /// What Tab offers; nil for nothing.
    package var completion: LineCompletion.Source?
    /// The program that Ctrl-X Ctrl-E opens; nil for none.
    package var externalEditor: ExternalEditor?
    /// Called before the process is stopped, with the terminal's modes as they were before.
    package var willStop: @Sendable () -> Void
    /// Called when the process goes on, before the line is drawn again.
    package var didContinue: @Sendable () -> Void

    /// Describes an editor.
    ///
    /// - Parameters:
    ///   - input: the descriptor keys are read from; a terminal.
    ///   - output: the descriptor the line is drawn on; a terminal.
    ///   - programName: the name that sections of `~/.editrc` are chosen by.
    ///   - keyBindings: a file of key bindings (editrc(5)); nil for none.
    ///   - history: where lines are kept across runs; nil keeps them only in memory.
    ///   - historyLimit: the greatest number of lines that can be called back, at least 1.
    ///   - signals: who catches signals; without one they take their own course while a line is edited.
    ///   - completion: what Tab offers; nil for nothing.
    ///   - externalEditor: the program that Ctrl-X Ctrl-E opens; nil for none.
    ///   - willStop: called before the process is stopped by Ctrl-Z, on the thread that edits.
    ///   - didContinue: called when it goes on.
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
