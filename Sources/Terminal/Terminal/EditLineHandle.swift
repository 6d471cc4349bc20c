internal import Platform
internal import CLibEdit

/// Owns libedit's editor and its history, and closes both.
struct EditLineHandle: ~Copyable {
    let editor: OpaquePointer
    let history: OpaquePointer
    /// libedit's own handle, valid as long as this value.
    let line: OpaquePointer

    init(programName: String, input: Int32, output: Int32, historyLimit: Int) throws(TerminalError) {
        guard let history = history_winit() else {
            throw TerminalError(.editing, SystemError("history_winit"))
        }
        guard let editor = sesh_edit_open(programName, input, output) else {
            let reason = SystemError("el_init_fd")
            history_wend(history)
            throw TerminalError(.editing, reason)
        }
        self.editor = editor
        self.history = history
        line = sesh_edit_line(editor)
        _ = sesh_history_limit(history, Int32(clamping: historyLimit))
        _ = sesh_history_unique(history, 1)
        _ = sesh_edit_attach_history(line, history)
    }

    deinit {
        sesh_edit_close(editor)
        history_wend(history)
    }
}
