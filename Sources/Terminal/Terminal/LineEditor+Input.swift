internal import CLibEdit

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The input of libedit: characters, and for every key with a sequence a character that has the same binding.
///
/// libedit itself recognises sequences only where it reads a command. Commands that read a character would take the
/// first byte and have the rest typed as keys (vi.c, vi_next_char).
extension LineEditor {
    /// libedit's reader: 1 with the next character, 0 at the end, -1 to abandon the line.
    func readKey(into character: UnsafeMutablePointer<WideCharacter>) -> Int32 {
        if elements.isEmpty { (origin, insertedEnd) = (.typed, []) }
        let isAppended = pictured.isAtEnd && cursor == elements.count && elements.count == pictured.count + 1
        if !isAppended { sesh_edit_refresh(line) }
        pictured = (elements.count, cursor == elements.count)
        while true {
            if let next = waiting.popFirst() {
                character.pointee = next
                return 1
            }
            switch nextEvent() {
            case .key(let token):
                if let interruption = take(token) { return interruption }
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

    /// Waits for the next key or signal, while the screen shows all earlier changes.
    func nextEvent() -> KeyInput.Event {
        keys.next(hasEscapeKey: hasViKeys, isEscapeAwaited: isQuoting || search != nil) { patience in
            draw()
            if patience < 0 { willWait() }
        }
    }

    /// Turns a key into characters for libedit.
    ///
    /// - Returns: the reader's result if a paste was interrupted; else nil.
    func take(_ token: KeyDecoder.Token) -> Int32? {
        switch token {
        case .character(let key):
            waiting = [element(for: key)]
            isQuoting = waiting == [Self.quote] && !isQuoting
        case .escape:
            // After an escape that may begin a sequence, libedit would wait for more for ever.
            waiting = [hasViKeys && !isQuoting ? Self.commandMode : WideCharacter(KeySequence.escape)]
            isQuoting = false
        case .alt(let key):
            pressAlt(key)
        case .sequence(let sequence):
            return take(sequence)
        }
        return nil
    }

    private func take(_ sequence: [UInt8]) -> Int32? {
        let isPaste = sequence == Array(BracketedPaste.start.utf8)
        if isPaste {
            // Read whole here: if the key had no function at the moment, the text would be typed as keys.
            let (bytes, interruption) = keys.readPaste()
            if let interruption {
                if case .signal(let number) = interruption { _ = handle(signal: number) }
                return -1
            }
            paste = bytes
        }
        switch KeyMeaning(sequence) {
        case .sequences(let candidates):
            guard !isQuoting, !isReadingPattern else { break }
            switch boundKeys.first(of: candidates) {
            case .code(let code): waiting = [code]
            case .text(let text): waiting = text.map { WideCharacter($0) }[...]
            case nil: break
            }
        case .bytes([KeySequence.escape]):
            return take(.escape)
        case .bytes(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            if bytes.first == KeySequence.escape, let key = text.dropFirst().first { return take(.alt(key)) }
            waiting = text.map { element(for: $0) }[...]
            isQuoting = waiting == [Self.quote] && !isQuoting
        }
        return nil
    }

    private func pressAlt(_ key: Character) {
        // These begin longer sequences, whose rest libedit would wait for.
        guard !isQuoting, !isReadingPattern, !["[", "O", "\u{1B}"].contains(key) else { return }
        waiting = [WideCharacter(KeySequence.escape), element(for: key)]
    }

    private func element(for key: Character) -> WideCharacter {
        let scalars = key.unicodeScalars
        let first = scalars[scalars.startIndex]
        let isKey = scalars.count == 1 && (first.value < 0x20 || first.value == 0x7F)
        return WideCharacter((isKey ? first : clusters.encode(cluster: key)).value)
    }

    private static let quote: WideCharacter = 0x16
    private static let commandMode: WideCharacter = 0x1C

    /// Whether vi's search is reading its pattern, in place of the text (search.c, cv_search; chared.c, c_gets).
    private var isReadingPattern: Bool {
        guard hasViKeys, cursor == 0, elements.count > 2, elements[0] == 0x0A, elements.last == 0x20 else {
            return false
        }
        return [0x2F, 0x3F, 0x3A].contains(elements[1])
    }
}
