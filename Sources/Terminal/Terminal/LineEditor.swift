internal import Platform
internal import TerminalText
internal import CLibEdit
internal import CSystem

/// Reads lines that are edited on a terminal with libedit.
///
/// Between two lines keys wait, without echo, for the next one; see `HeldKeys`.
///
/// Neither it nor libedit may be used by two threads at once, and reading blocks; `LineReader` gives it a thread. The
/// process's locale must use UTF-8, or libedit takes all non-ASCII characters for unprintable.
final class LineEditor {
    let handle: EditLineHandle
    let keys: KeyInput
    /// The modes that the terminal had before, for other programs.
    let usualModes: TerminalModes?
    let options: LineEditorOptions
    var clusters = ClusterTable()
    /// Whether the process continues after a suspension that was handled already.
    var isContinuing = false
    /// The result of the line, unless libedit itself ended it.
    var outcome: LineInput?
    private(set) var hasViKeys = false
    private(set) var promptElements: [WideCharacter] = []
    var history: LineHistory
    /// The current search.
    var search: LineSearch?
    /// The pattern of the last search.
    var formerPattern = ""
    /// The keys that begin or continue a search.
    var searchKeys: [Character: LineSearch.Direction] = [:]

    /// The text's length, and whether the cursor was at its end, at libedit's last refresh.
    var pictured = (count: 0, isAtEnd: false)
    var screen = LineScreen()
    /// The window's size at the last drawing.
    var drawnWindow = Window(columns: 0, rows: 0)
    /// The first visible row of the text.
    var top = 0
    /// Called when all is drawn and a key is waited for; for tests.
    var willWait: () -> Void = {}
    private var historyStamp: HistoryFile.Stamp?
    /// Where the beginning of the text came from.
    var origin = LineOrigin.typed
    /// The last pasted or recalled part at the end of the text; empty if its end was typed.
    var insertedEnd: [WideCharacter] = []

    /// The bindings of sequences.
    var boundKeys = BoundKeys()
    /// Characters for libedit, before more keys are read.
    var waiting: ArraySlice<WideCharacter> = []
    /// Whether the next key is inserted as text (^V).
    var isQuoting = false
    /// The pasted text, until libedit calls the function for it.
    var paste: [UInt8] = []

    var line: OpaquePointer { handle.line }

    /// Opens the terminal for editing and loads the history and the key bindings.
    init(_ options: LineEditorOptions) throws(TerminalError) {
        self.options = options
        history = LineHistory(limit: options.historyLimit)
        keys = try KeyInput(descriptor: options.input)
        usualModes = TerminalDevice(descriptor: options.input).modes()
        handle = try EditLineHandle(
            programName: options.programName, input: options.input, output: options.output,
            historyLimit: options.historyLimit)
        // Unretained: libedit calls back only within calls made by this object, and its handle goes with it.
        _ = sesh_edit_set_context(line, Unmanaged.passUnretained(self).toOpaque())
        _ = sesh_edit_set_reader(line) { LineEditor.of($0).readKey(into: $1) }
        addFunctions()
        bindPreferences()
        if let file = options.keyBindings { el_source(line, file) }
        hasViKeys = sesh_edit_is_vi(line) != 0
        if hasViKeys { bindPreferencesForVi() }
        bindEssentials()
        refreshHistory()
    }

    /// Reads one line; blocks until there is one.
    ///
    /// - Parameter prompt: shown before the line, screen-safe.
    /// - Returns: the line, or why there is none.
    func readLine(prompt: String) -> LineInput {
        guard let signals = options.signals else { return edit(prompt: prompt) }
        let line = signals.receiving(
            alsoCatching: [Signal.windowChange, Signal.stop, Signal.goOn], with: keys.signalReceiver
        ) {
            edit(prompt: prompt)
        }
        // Signals that arrived when the line had ended are for what runs next.
        for number in keys.takeSignals() where ![Signal.windowChange, Signal.stop, Signal.goOn].contains(number) {
            signals.passOn(number)
        }
        return line
    }

    /// Adds a line to the history of this and later runs.
    func remember(_ entry: String) {
        guard HistoryFile.isKept(entry) else { return }
        refreshHistory()
        if history.add(entry) { enter(entry) }
        guard let file = options.history else { return }
        file.append(entry)
        // Lines that another process adds between these two calls are loaded with its next line.
        historyStamp = file.stamp
    }

    /// Loads the lines that other processes have added to the file.
    private func refreshHistory() {
        guard let file = options.history, let stamp = file.stamp, stamp != historyStamp else { return }
        historyStamp = stamp
        history.replace(with: file.load())
        _ = sesh_history_clear(handle.history)
        for entry in history.entries { enter(entry) }
    }

    private func edit(prompt: String) -> LineInput {
        (outcome, isContinuing) = (nil, false)
        (waiting, isQuoting, paste) = ([], false, [])
        refreshHistory()
        history.rewind()
        promptElements = clusters.encode(ScreenText.safeLine(prompt))
        screen.forget()
        (drawnWindow, top, search) = (window, 0, nil)
        // el_wgets would show the prompt before it sets the modes: a key in between would be echoed, and ^C be a
        // signal.
        sesh_edit_prepare_terminal(line, 1)
        // Not in init, where it would take effect at once, and a program that ends before its first prompt would have
        // to wait to undo it.
        _ = sesh_edit_hold_keys(line)
        show(BracketedPaste.on)
        var count: Int32 = 0
        let buffer = el_wgets(line, &count)
        let text = buffer.map { clusters.decode(UnsafeBufferPointer(start: $0, count: Int(max(0, count)))) }
        if let outcome {
            show((outcome == .interrupted ? "^C\n" : "\n") + BracketedPaste.off)
            if case .terminated = outcome { usualModes?.apply() }
            return outcome
        }
        // Enter has another function, so libedit itself ends a line only at the end of the input, or by a key that the
        // user has bound to its function.
        leaveText(isWhole: true)
        show("\n" + BracketedPaste.off)
        guard var text else { return endOfInput }
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        return .line(text, isVerbatim: origin == .pasted)
    }

    /// The result at the end of the input: the same for a terminal that is gone, whether or not its SIGHUP came first.
    private var endOfInput: LineInput {
        keys.isHungUp && options.signals?.isCatching(Signal.hangUp) == true
            ? .terminated(signal: Signal.hangUp) : .endOfFile
    }

    /// Writes text to the terminal; if that is gone, the next read fails.
    func show(_ text: String) { try? FileOutput(descriptor: options.output).write(text) }

    /// Adds a line to libedit's own history, for its searches.
    ///
    /// libedit removes a line feed and then a space from the end of an entry that it recalls (hist.c, hist_get), so
    /// both are added here.
    private func enter(_ entry: String) {
        _ = sesh_history_enter(handle.history, clusters.encode(entry) + [0x20, 0x0A, 0])
    }

    /// The editor of a libedit handle.
    static func of(_ line: OpaquePointer) -> LineEditor {
        guard let context = sesh_edit_context(line) else {
            preconditionFailure("libedit called back before init had set the context")
        }
        return Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
    }
}
