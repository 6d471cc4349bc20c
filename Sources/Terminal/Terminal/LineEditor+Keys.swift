internal import CLibEdit
internal import CSystem

/// The key bindings, and functions that libedit does not have.
extension LineEditor {
    func addFunctions() {
        _ = sesh_edit_add_function(line, "sesh-newline", "Insert a line break") { line, _ in
            LineEditor.of(line).insert([0x0A])
        }
        _ = sesh_edit_add_function(line, "sesh-enter", "End the text, or its line where it goes on") { line, _ in
            LineEditor.of(line).enterKey()
        }
        _ = sesh_edit_add_function(line, "sesh-up", "Go up a line, or to the line typed before") { line, _ in
            LineEditor.of(line).up()
        }
        _ = sesh_edit_add_function(line, "sesh-down", "Go down a line, or to the line typed after") { line, _ in
            LineEditor.of(line).down()
        }
        _ = sesh_edit_add_function(line, "sesh-complete", "Complete the word before the cursor") { line, _ in
            LineEditor.of(line).complete()
        }
        _ = sesh_edit_add_function(line, "sesh-editor", "Edit the text with another program") { line, _ in
            LineEditor.of(line).openEditor()
        }
        _ = sesh_edit_add_function(line, "sesh-paste", "Insert pasted text as it is") { line, _ in
            LineEditor.of(line).insertPaste()
        }
        _ = sesh_edit_add_function(line, "sesh-end", "Go behind the text") { line, _ in
            el_cursor(line, Int32(clamping: LineEditor.of(line).elements.count))
            return UInt8(SESH_CC_REFRESH)
        }
        _ = sesh_edit_add_function(line, "sesh-right", "Go right, as far as behind the text") { line, _ in
            el_cursor(line, 1)
            return UInt8(SESH_CC_REFRESH)
        }
        addScreenFunctions()
        _ = sesh_edit_add_function(line, "sesh-interrupt", "Leave the line") { line, _ in
            LineEditor.of(line).leave(with: .interrupted)
            return UInt8(SESH_CC_EOF)
        }
        _ = sesh_edit_add_function(line, "sesh-suspend", "Stop the process") { line, _ in
            LineEditor.of(line).suspend(withGroup: true)
            return UInt8(SESH_CC_NORM)
        }
    }

    private func addScreenFunctions() {
        _ = sesh_edit_add_function(line, "sesh-search", "Search the lines typed before") { line, _ in
            LineEditor.of(line).searchHistory(.older)
        }
        _ = sesh_edit_add_function(line, "sesh-search-next", "Search the lines typed after") { line, _ in
            LineEditor.of(line).searchHistory(.newer)
        }
        _ = sesh_edit_add_function(line, "sesh-clear-screen", "Clear the screen") { line, _ in
            LineEditor.of(line).clearScreen()
        }
        _ = sesh_edit_add_function(line, "sesh-redisplay", "Draw the text anew") { line, _ in
            LineEditor.of(line).redraw()
            return UInt8(SESH_CC_NORM)
        }
    }

    /// The bindings that `~/.editrc` may change.
    func bindPreferences() {
        _ = sesh_edit_set_emacs(line)
        _ = sesh_edit_bind(line, "^R", Self.search)
        _ = sesh_edit_bind(line, "^S", "sesh-search-next")
        _ = sesh_edit_bind(line, "^P", "sesh-up")
        _ = sesh_edit_bind(line, "^N", "sesh-down")
        for (command, keys) in Self.furtherKeys { for key in keys { _ = sesh_edit_bind(line, key, command) } }
    }

    private static let search = "sesh-search"

    /// libedit binds the arrows, and Home and End of xterm: tmux, screen and the Linux console send others (VT220),
    /// rxvt its own, and no terminal's description has the arrows with Ctrl and Alt (xterm, "PC-Style Keys").
    private static let furtherKeys: [(command: String, keys: [String])] = [
        ("ed-move-to-beg", ["\\e[H", "\\eOH", "\\e[1~", "\\e[7~"]),
        ("ed-move-to-end", ["\\e[F", "\\eOF", "\\e[4~", "\\e[8~"]),
        ("ed-prev-word", ["\\e[1;5D", "\\e[1;3D"]), ("em-next-word", ["\\e[1;5C", "\\e[1;3C"]),
        ("ed-delete-next-char", ["\\e[3~"]), ("em-delete-next-word", ["\\e[3;5~", "\\e[3;3~"]),
    ]

    /// The same after `bind -v`, which resets the bindings, except for keys that were bound after it.
    func bindPreferencesForVi() {
        let bindings = KeyBindings(line)
        for (command, keys) in Self.furtherKeys {
            for key in keys where bindings.command(for: "^[" + key.dropFirst(2)) == nil {
                _ = sesh_edit_bind(line, key, command)
            }
        }
        if ["ed-insert", "ed-redisplay", nil].contains(bindings.command(for: "^R")) {
            _ = sesh_edit_bind(line, "^R", Self.search)
        }
        // vi's function ends a search, where that of Emacs shortens the pattern (search.c, ce_inc_search).
        for key in ["^H", "^?"] where bindings.command(for: key) == "vi-delete-prev-char" {
            _ = sesh_edit_bind(line, key, "ed-delete-prev-char")
        }
    }

    /// The bindings that always apply; set last because `bind -v` resets all.
    func bindEssentials() {
        _ = sesh_edit_take_all_keys(line)
        for bind in [sesh_edit_bind, sesh_edit_bind_alternative] {
            _ = bind(line, "^C", "sesh-interrupt")
            _ = bind(line, "^Z", "sesh-suspend")
            // The terminal is set to send Enter as ^J and Ctrl-J as ^M (tty.c: ICRNL and INLCR).
            _ = bind(line, "^J", "sesh-enter")
            for (up, down) in [("\\e[A", "\\e[B"), ("\\eOA", "\\eOB")] {
                _ = bind(line, up, "sesh-up")
                _ = bind(line, down, "sesh-down")
            }
        }
        _ = sesh_edit_bind_alternative(line, "k", "sesh-up")
        _ = sesh_edit_bind_alternative(line, "j", "sesh-down")
        _ = sesh_edit_bind(line, "^I", "sesh-complete")
        _ = sesh_edit_bind(line, "^X^E", "sesh-editor")
        _ = sesh_edit_bind_alternative(line, "v", "sesh-editor")
        for bind in [sesh_edit_bind, sesh_edit_bind_alternative] where hasViKeys {
            _ = bind(line, "^\\", "vi-command-mode")
        }
        for key in ["^M", "\\e^M", "\\e^J"] { _ = sesh_edit_bind(line, key, "sesh-newline") }
        _ = sesh_edit_bind(line, "\\e[200~", "sesh-paste")
        replaceFunctions()
        boundKeys = BoundKeys(line)
    }

    /// libedit's functions that draw, with those that replace them.
    private static let replaced = [
        "ed-clear-screen": "sesh-clear-screen", "ed-redisplay": "sesh-redisplay",
        "em-inc-search-prev": "sesh-search", "em-inc-search-next": "sesh-search-next",
    ]

    private func replaceFunctions() {
        for binding in KeyBindings(line).commands {
            let command = Self.replaced[binding.command] ?? binding.command
            let bytes = binding.bytes
            // Non-ASCII keys are listed in a form that can't be parsed, and no key sends them.
            guard bytes.count == 1 || bytes.first == KeySequence.escape, bytes.allSatisfy({ $0 < 0x80 }) else {
                continue
            }
            if command != binding.command {
                let key = bytes.map { "\\" + String(Int($0) + 0o1000, radix: 8).dropFirst() }.joined()
                _ = (binding.isAlternative ? sesh_edit_bind_alternative : sesh_edit_bind)(line, key, command)
            }
            guard bytes.count == 1, let byte = bytes.first else { continue }
            let key = Character(Unicode.Scalar(byte))
            if command == Self.search { searchKeys[key] = .older }
            if command == "sesh-search-next" { searchKeys[key] = .newer }
        }
    }

    private func insertPaste() -> UInt8 {
        let pasted = clusters.encode(Self.text(ofPaste: paste))
        paste = []
        if cursor == 0 { origin = .pasted }
        if cursor == elements.count { insertedEnd = pasted }
        return insert(pasted)
    }

    /// Terminals send a paste's line breaks as the key Enter, a carriage return, or unchanged; and while a line is
    /// edited line feed and carriage return are swapped (see `bindEssentials`).
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
}
