/// Splits a terminal's input into characters, keys with Alt and whole escape sequences.
///
/// It does not read: it is given the bytes as they arrive, and told of the pauses between them.
struct KeyDecoder {
    enum Token: Equatable {
        case character(Character)
        /// The key Escape by itself.
        case escape
        case alt(Character)
        /// An escape sequence, known or not.
        case sequence([UInt8])
    }

    /// In milliseconds: a terminal sends a key's bytes at once, a user needs longer between two keys.
    private static let keySilence: Int32 = 50
    /// In milliseconds: the rest of a sequence that arrives later is text.
    private static let tailSilence: Int32 = 500

    private(set) var bytes: [UInt8] = []
    private(set) var position = 0
    /// Bytes that counted as a key, but may still be the beginning of a sequence.
    private var taken: [UInt8] = []

    /// Whether all bytes are decoded.
    var isEmpty: Bool { position >= bytes.count }

    /// Adds bytes.
    mutating func append(_ block: some Collection<UInt8>) {
        if isEmpty, !taken.isEmpty {
            let joined = taken + block
            let isTail = KeySequence(joined[...]) == .whole(joined.count) && block.count > 1
            if isTail || joined == [0x1B, 0x5B] { bytes.append(contentsOf: taken) }
        }
        taken = []
        bytes.append(contentsOf: block)
    }

    /// Removes the bytes before the position.
    mutating func compact() {
        bytes.removeSubrange(..<position)
        position = 0
    }

    /// Advances the position.
    mutating func skip(to position: Int) { self.position = min(position, bytes.count) }

    /// How long to wait for more bytes before `silence` is called, in milliseconds; -1 for ever.
    ///
    /// - Parameter hasEscapeKey: whether Escape by itself has a function.
    func patience(hasEscapeKey: Bool) -> Int32 {
        let rest = bytes[position...]
        guard let first = rest.first else { return taken.isEmpty ? -1 : Self.tailSilence }
        guard first == KeySequence.escape else { return -1 }
        switch Array(rest.dropFirst()) {
        case []: return hasEscapeKey ? Self.keySilence : -1
        // Neither has a function with Alt.
        case [0x5B], [0x4F]: return Self.tailSilence
        case [0x5B, 0x4D]: return Self.keySilence
        default: return rest.count == 2 ? Self.keySilence : Self.tailSilence
        }
    }

    /// Decodes the remaining bytes, after a pause.
    mutating func silence(hasEscapeKey: Bool) -> Token? {
        let rest = Array(bytes[position...])
        taken = []
        guard rest.first == KeySequence.escape else { return nil }
        position = bytes.count
        switch rest.count {
        case 1:
            taken = rest
            return .escape
        case 2 where [0x1B, 0x5B, 0x4F].contains(rest[1]):
            // Escape pressed twice cancels.
            if rest[1] == 0x1B { taken = [0x1B] }
            return hasEscapeKey && rest[1] == 0x1B ? .escape : .sequence(rest)
        case 2 where hasEscapeKey:
            position -= 1
            return .escape
        case 2:
            taken = rest
            return .alt(Character(Unicode.Scalar(rest[1])))
        default:
            return .sequence(rest)
        }
    }

    /// The next token; nil if more bytes are needed.
    ///
    /// - Parameter hasEscapeKey: whether Escape by itself has a function, so that of all keys only Enter can have Alt.
    mutating func next(hasEscapeKey: Bool) -> Token? {
        unfoldControl()
        guard position < bytes.count else { return nil }
        guard bytes[position] == KeySequence.escape else { return takeCharacter().map { .character($0) } }
        switch KeySequence(bytes[position...]) {
        case .whole(let length):
            defer { position += length }
            return .sequence(Array(bytes[position..<position + length]))
        case .cut:
            return nil
        case .none where bytes[position + 1] == KeySequence.escape && !hasEscapeKey:
            defer { position += 2 }
            return .sequence([0x1B, 0x1B])
        case .none where hasEscapeKey && ![0x0A, 0x0D].contains(bytes[position + 1]):
            position += 1
            return .escape
        case .none:
            position += 1
            guard let key = takeCharacter() else {
                position -= 1
                return nil
            }
            return .alt(key)
        }
    }

    /// Replaces controls of eight bits by their forms of seven, such as U+009B by `ESC [` (ECMA-48, 5.3).
    private mutating func unfoldControl() {
        while position + 1 < bytes.count, bytes[position] == 0xC2, (0x80...0x9F).contains(bytes[position + 1]) {
            let letter = bytes[position + 1] - 0x40
            guard "[O]PX^_".utf8.contains(letter) else {
                position += 2
                continue
            }
            bytes.replaceSubrange(position...position + 1, with: [KeySequence.escape, letter])
        }
    }

    /// Decodes a grapheme cluster if a whole one is there.
    ///
    /// Later bytes in the buffer may continue it; what is typed later is another cluster, since a key has to act at
    /// once.
    private mutating func takeCharacter() -> Character? {
        guard let first = peekScalar(at: position) else { return nil }
        position += first.length
        var cluster = Character(first.scalar)
        guard first.scalar.value >= 0x20 else { return cluster }
        while position < bytes.count, bytes[position] >= 0x80, let next = peekScalar(at: position) {
            let longer = String(cluster) + String(next.scalar)
            guard longer.count == 1, let joined = longer.first else { break }
            cluster = joined
            position += next.length
        }
        return cluster
    }

    /// The scalar at an offset; U+FFFD for a byte that is not UTF-8, nil if more bytes are needed.
    private func peekScalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        guard offset < bytes.count else { return nil }
        let lead = bytes[offset]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let available = bytes[offset...].prefix(length)
        // An invalid sequence is not waited for.
        let isCut = available.count < length && available.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
        if isCut, lead >= 0xC2, lead <= 0xF4 { return nil }
        guard let text = String(validating: available, as: UTF8.self), let scalar = text.unicodeScalars.first else {
            return ("\u{FFFD}", 1)
        }
        return (scalar, length)
    }
}
