internal import Platform
internal import TerminalText
internal import CLibEdit
internal import CSystem

/// Reads lines that are edited on a terminal with libedit.
///
/// Between two lines keys wait unseen for the next one; see `HeldKeys` for what lends the terminal then.
///
/// Neither it nor libedit may be used by two threads at once, and reading blocks; `LineReader` gives it a thread of
/// its own. The process's locale must know UTF-8, or libedit takes everything past ASCII for unprintable.
final class LineEditor {
    let handle: EditLineHandle
    let keys: KeyInput
    /// The modes that the terminal had before, for others to find.
    let usualModes: TerminalModes?
    let options: LineEditorOptions
    var clusters = ClusterTable()
    /// Whether the process goes on after a suspension that was dealt with already.
    var isContinuing = false
    /// What ended the line if Enter did not.
    var outcome: LineInput?
    private(set) var hasViKeys = false
    private(set) var promptElements: [WideCharacter] = []
    var history: LineHistory
    /// The search that is going on.
    var search: LineSearch?
    /// What the last search looked for.
    var formerPattern = ""
    /// The keys that begin a search, or go on with it.
    var searchKeys: [Character: LineSearch.Direction] = [:]

    /// What libedit's own picture of the text was made of.
    var pictured = (count: 0, isAtEnd: false)
    var screen = LineScreen()
    /// The size that the window had when the line was drawn.
    var drawnWindow = Window(columns: 0, rows: 0)
    /// The row of the text that is the first to be seen.
    var top = 0
    /// Called when all is drawn and nothing happens without a key; for tests.
    var willWait: () -> Void = {}
    private var historyStamp: HistoryFile.Stamp?
    /// Where the text that is edited came from.
    var origin = LineOrigin.typed
    /// What was pasted or recalled last at the end of the text; nothing if its end was typed.
    var insertedEnd: [WideCharacter] = []

    /// What sequences are bound to.
    var boundKeys = BoundKeys()
    /// What libedit is to get before anything else is read.
    var waiting: ArraySlice<WideCharacter> = []
    /// Whether the next key is to be text (^V).
    var isQuoting = false
    /// What is pasted while its key is on the way through libedit.
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
    /// - Returns: the line or what came instead of it.
    func readLine(prompt: String) -> LineInput {
        guard let signals = options.signals else { return edit(prompt: prompt) }
        let line = signals.receiving(
            alsoCatching: [Signal.windowChange, Signal.stop, Signal.goOn], with: keys.signalReceiver
        ) {
            edit(prompt: prompt)
        }
        // The line was ended before they were looked at: they are for what it begins.
        for number in keys.takeSignals() where ![Signal.windowChange, Signal.stop, Signal.goOn].contains(number) {
            signals.passOn(number)
        }
        return line
    }

    /// Makes a line available to be called back, here and in later runs.
    func remember(_ entry: String) {
        guard HistoryFile.isKept(entry) else { return }
        refreshHistory()
        if history.add(entry) { enter(entry) }
        guard let file = options.history else { return }
        file.append(entry)
        // What another process adds between these two calls shows with its next line.
        historyStamp = file.stamp
    }

    /// Takes in what other processes have added to the file.
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
        // el_wgets would show the prompt first and change the modes then: a key between the two is echoed, and ^C a signal.
        sesh_edit_prepare_terminal(line, 1)
        // Not in init, where it would take effect at once: a program that ends before its first prompt would have to wait
        // for that to undo it.
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
        // Enter has a function of its own, so that libedit ends a line by itself only at the end of the input, or by a
        // key that the user has bound to its function.
        leaveText(isWhole: true)
        show("\n" + BracketedPaste.off)
        guard var text else { return endOfInput }
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        return .line(text, isVerbatim: origin == .pasted)
    }

    /// A terminal that is gone is the same whether its SIGHUP or the end of its input is seen first.
    private var endOfInput: LineInput {
        keys.isHungUp && options.signals?.isCatching(Signal.hangUp) == true
            ? .terminated(signal: Signal.hangUp) : .endOfFile
    }

    /// Writes text straight to the terminal, between what libedit writes.
    ///
    /// A terminal that is gone shows in the next read.
    func show(_ text: String) {
        // Writing nothing would count as a terminal that takes nothing.
        guard !text.isEmpty else { return }
        try? FileOutput(descriptor: options.output).write(text)
    }

    /// Gives a line to libedit's own history, which its searches use.
    ///
    /// On calling back, libedit takes one line feed and then one space off an entry's end (hist.c, hist_get). Given both, it
    /// gives back what was typed.
    private func enter(_ entry: String) {
        _ = sesh_history_enter(handle.history, clusters.encode(entry) + [0x20, 0x0A, 0])
    }

    /// The editor that libedit calls back for.
    static func of(_ line: OpaquePointer) -> LineEditor {
        guard let context = sesh_edit_context(line) else {
            preconditionFailure("libedit called back before init had set the context")
        }
        return Unmanaged<LineEditor>.fromOpaque(context).takeUnretainedValue()
    }
}
