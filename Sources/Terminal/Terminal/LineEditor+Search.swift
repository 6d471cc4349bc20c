internal import CLibEdit

/// The search that Ctrl-R begins.
extension LineEditor {
    /// Reads the pattern, shows what is found, and leaves it to be edited.
    func searchHistory(_ direction: LineSearch.Direction) -> UInt8 {
        search = LineSearch(history.entries)
        defer {
            if let pattern = search?.pattern, !pattern.isEmpty { formerPattern = pattern }
            search = nil
        }
        while true {
            switch nextEvent() {
            case .key(let token):
                if let code = searchKey(token, direction) { return code }
            case .signal(let number):
                guard handle(signal: number) else { return UInt8(SESH_CC_EOF) }
            case .end, .failure:
                return UInt8(SESH_CC_EOF)
            }
        }
    }

    /// Handles a key in a search.
    ///
    /// - Returns: libedit's code if the search has ended; else nil.
    private func searchKey(_ token: KeyDecoder.Token, _ direction: LineSearch.Direction) -> UInt8? {
        switch token {
        case .character(let key):
            return searchCharacter(key, direction)
        case .escape:
            return accept()
        case .sequence(let sequence):
            switch KeyMeaning(sequence) {
            case .sequences(let candidates) where boundKeys.first(of: candidates) == nil: return nil
            case .bytes([KeySequence.escape]): return accept()
            case .bytes(let bytes) where bytes.first != KeySequence.escape:
                return String(decoding: bytes, as: UTF8.self).first.flatMap { searchCharacter($0, direction) }
            default: break
            }
        case .alt(let key) where ["\n", "\r"].contains(key):
            // Escape and Enter in quick succession, since a search has no line breaks.
            return searchCharacter(key, direction)
        case .alt: break
        }
        // Other keys end the search and then have their function.
        let code = accept()
        return take(token) == nil ? code : UInt8(SESH_CC_EOF)
    }

    private func searchCharacter(_ key: Character, _ direction: LineSearch.Direction) -> UInt8? {
        let isFound: Bool? =
            switch key {
            case _ where searchKeys[key] != nil: search?.again(searchKeys[key] ?? direction, former: formerPattern)
            case "\u{7F}", "\u{8}": search?.removeLast()
            case "\u{C}": clearScreen() == UInt8(SESH_CC_NORM)
            case "\u{7}": nil
            case _ where key.isControl: nil
            default: search?.append(String(key))
            }
        if let isFound {
            if !isFound { beep() }
            return nil
        }
        if key == "\u{7}" { return UInt8(SESH_CC_REFRESH) }
        let code = accept()
        _ = take(.character(key))
        return code
    }

    /// Replaces the text by the entry that was found, with the cursor at the pattern.
    private func accept() -> UInt8 {
        guard let search, let position = search.position, let found = search.found else {
            return UInt8(SESH_CC_REFRESH)
        }
        history.go(to: position, leaving: draft)
        _ = recall(found)
        let start = elements.firstIndex(of: clusters.encode(search.pattern))
        return moveCursor(to: start ?? elements.count)
    }
}

extension Character {
    /// Whether it is a control.
    fileprivate var isControl: Bool {
        guard let first = unicodeScalars.first else { return false }
        return first.value < 0x20 || first.value == 0x7F
    }
}
