internal import CLibEdit
internal import CSystem

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Reads lines that are edited on a terminal with libedit.
///
/// Neither it nor libedit may be used by two threads at once, and reading blocks; `LineReader` gives it a thread of
/// its own. The process's locale must know UTF-8, or libedit takes everything past ASCII for unprintable.
final class LineEditor {
    private let handle: EditLineHandle
    let keys: KeyInput
    private let options: LineEditorOptions
    var clusters = ClusterTable()
    /// What ended the line if Enter did not.
    var outcome: LineInput?
    // A C string of this object's own, since libedit keeps the pointer that the prompt function gives it.
    private var prompt: UnsafeMutablePointer<CChar> = strdup("")
    private var lastEntry: String?

    var line: OpaquePointer { handle.line }

    /// Opens the terminal for editing and loads the history and the key bindings.
    init(_ options: LineEditorOptions) throws(LineEditorError) {
        self.options = options
        keys = try KeyInput(descriptor: options.input)
        handle = try EditLineHandle(
            programName: options.programName, input: options.input, output: options.output,
            historyLimit: options.historyLimit)
        // Unretained: libedit calls back only within calls made by this object, and its handle goes with it.
        _ = sesh_edit_set_context(line, Unmanaged.passUnretained(self).toOpaque())
        _ = sesh_edit_set_prompt(line) { LineEditor.of($0).prompt }
        _ = sesh_edit_set_reader(line) { LineEditor.of($0).readKey(into: $1) }
        addFunctions()
        bindPreferences()
        if let file = options.keyBindings { el_source(line, file) }
        bindEssentials()
        for entry in options.history?.load() ?? [] { enter(entry) }
    }

    deinit { free(prompt) }

    /// Reads one line; blocks until there is one.
    ///
    /// - Parameter prompt: shown before the line, screen-safe.
    /// - Returns: the line or what came instead of it.
    func readLine(prompt: String) -> LineInput {
        guard let signals = options.signals else { return edit(prompt: prompt) }
        return signals.receiving(alsoCatching: [SIGWINCH, SIGTSTP, SIGCONT], with: keys.signalReceiver) {
            edit(prompt: prompt)
        }
    }

    /// Makes a line available to be called back, here and in later runs.
    func remember(_ entry: String) {
        guard HistoryFile.isKept(entry) else { return }
        enter(entry)
        options.history?.append(entry)
    }

    private func edit(prompt: String) -> LineInput {
        outcome = nil
        let shown = ScreenText.safeLine(prompt).map { clusters.encode(cluster: $0) }
        free(self.prompt)
        self.prompt = strdup(String(String.UnicodeScalarView(shown)))
        // el_wgets would show the prompt first and change the modes then: a key between the two is echoed, and ^C a signal.
        sesh_edit_prepare_terminal(line, 1)
        show(BracketedPaste.on)
        var count: Int32 = 0
        let buffer = el_wgets(line, &count)
        let text = buffer.map { clusters.decode(UnsafeBufferPointer(start: $0, count: Int(max(0, count)))) }
        show(BracketedPaste.off)
        if let outcome {
            show(outcome == .interrupted ? "^C\n" : "\n")
            return outcome
        }
        guard var text else {
            show("\n")
            return .endOfFile
        }
        if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
        return .line(text)
    }

    /// Writes text straight to the terminal, between what libedit writes.
    ///
    /// A terminal that is gone shows in the next read.
    func show(_ text: String) {
        try? FileOutput(descriptor: options.output).write(text)
    }

    // On calling back, libedit takes one line feed and then one space off an entry's end (hist.c, hist_get). Given
    // both, it gives back what was typed.
    private func enter(_ entry: String) {
        if let lastEntry, HistoryFile.isSame(lastEntry, entry) { return }
        lastEntry = entry
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
