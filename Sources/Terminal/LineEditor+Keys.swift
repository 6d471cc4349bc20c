internal import CLibEdit
internal import CSystem

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What keys do that libedit has no function for, and what signals do while a line is edited.
extension LineEditor {
    func addFunctions() {
        _ = sesh_edit_add_function(line, "sesh-newline", "Insert a line break") { line, _ in
            el_winsertstr(line, [0x0A, 0]) == 0 ? UInt8(SESH_CC_REFRESH) : UInt8(SESH_CC_ERROR)
        }
        _ = sesh_edit_add_function(line, "sesh-paste", "Insert pasted text as it is") { line, _ in
            LineEditor.of(line).paste()
        }
        _ = sesh_edit_add_function(line, "sesh-interrupt", "Leave the line") { line, _ in
            LineEditor.of(line).leave(with: .interrupted)
            return UInt8(SESH_CC_EOF)
        }
        _ = sesh_edit_add_function(line, "sesh-suspend", "Stop the process") { line, _ in
            LineEditor.of(line).suspend()
            return UInt8(SESH_CC_NORM)
        }
    }

    /// What `~/.editrc` may change.
    func bindPreferences() {
        _ = sesh_edit_set_emacs(line)
        _ = sesh_edit_bind(line, "^R", "em-inc-search-prev")
    }

    /// What has to work whatever the bindings are; done last because `bind -v` begins anew.
    func bindEssentials() {
        _ = sesh_edit_disable_signal_keys(line)
        for bind in [sesh_edit_bind, sesh_edit_bind_alternative] {
            _ = bind(line, "^C", "sesh-interrupt")
            _ = bind(line, "^Z", "sesh-suspend")
        }
        // The terminal is set to give Enter as ^J and Ctrl-J as ^M (tty.c: ICRNL and INLCR).
        for key in ["^M", "\\e^M", "\\e^J"] { _ = sesh_edit_bind(line, key, "sesh-newline") }
        _ = sesh_edit_bind(line, "\\e[200~", "sesh-paste")
    }

    /// libedit's source of characters: 1 with the next one, 0 at the end, -1 to give the line up.
    func readKey(into character: UnsafeMutablePointer<wchar_t>) -> Int32 {
        while true {
            switch keys.next() {
            case .key(let key):
                let scalars = key.unicodeScalars
                let first = scalars[scalars.startIndex]
                let isKey = scalars.count == 1 && (first.value < 0x20 || first.value == 0x7F)
                character.pointee = wchar_t((isKey ? first : clusters.encode(cluster: key)).value)
                return 1
            case .signal(let number):
                guard handle(signal: number) else { return -1 }
            case .end:
                return 0
            case .failure(let number):
                errno = number
                return -1
            }
        }
    }

    private func paste() -> UInt8 {
        let (bytes, interruption) = keys.readPaste()
        if let interruption {
            if case .signal(let number) = interruption { _ = handle(signal: number) }
            return UInt8(SESH_CC_EOF)
        }
        guard !bytes.isEmpty else { return UInt8(SESH_CC_NORM) }
        let inserted = el_winsertstr(line, clusters.encode(Self.text(ofPaste: bytes)) + [0]) == 0
        return UInt8(inserted ? SESH_CC_REFRESH : SESH_CC_ERROR)
    }

    /// A paste's line breaks come as the key Enter, a carriage return, or as they were; and while a line is edited
    /// the terminal makes each of line feed and carriage return the other (see `bindEssentials`).
    private static func text(ofPaste bytes: [UInt8]) -> String {
        let (feed, carriageReturn) = (UInt8(0x0A), UInt8(0x0D))
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var previous: UInt8 = 0
        for byte in bytes {
            let sent = byte == feed ? carriageReturn : byte == carriageReturn ? feed : byte
            if !(sent == feed && previous == carriageReturn) { result.append(sent == carriageReturn ? feed : sent) }
            previous = sent
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Returns whether editing goes on.
    private func handle(signal number: Int32) -> Bool {
        switch number {
        case SIGWINCH:
            el_resize(line)
            sesh_edit_refresh(line)
        case SIGTSTP:
            suspend()
        case SIGCONT:
            resume()
        case SIGINT:
            leave(with: .interrupted)
            return false
        default:
            leave(with: .terminated(signal: number))
            return false
        }
        return true
    }

    /// Puts the cursor after the last line, so that nothing of what was typed is written over.
    private func leave(with outcome: LineInput) {
        self.outcome = outcome
        if let info = el_wline(line)?.pointee, let last = info.lastchar, let cursor = info.cursor {
            el_cursor(line, Int32(clamping: last - cursor))
        }
        sesh_edit_refresh(line)
    }

    private func suspend() {
        show(BracketedPaste.off)
        sesh_edit_prepare_terminal(line, 0)
        sesh_signal_stop_process()
        resume()
    }

    private func resume() {
        // Whoever ran meanwhile may have changed the modes; libedit sets them only when it believes they differ.
        sesh_edit_prepare_terminal(line, 0)
        sesh_edit_prepare_terminal(line, 1)
        show(BracketedPaste.on)
        el_resize(line)
        sesh_edit_refresh(line)
    }
}
