internal import CSystem

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Keys as they come from a terminal, read in blocks: libedit's own reader makes a system call for every byte.
///
/// Confined to the thread that edits, but for `note(signal:)`, which writes to a pipe.
final class KeyInput {
    enum Event {
        case key(Character)
        case signal(Int32)
        case end
        case failure(Int32)
    }

    private let descriptor: Int32
    private let signalInput: Int32
    private let signalOutput: Int32
    private var bytes: [UInt8] = []
    private var position = 0
    private var hasLostTerminal = false

    /// Makes an input of a descriptor, which stays the caller's.
    init(descriptor: Int32) throws(LineEditorError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw LineEditorError(errno: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        self.descriptor = descriptor
        (signalInput, signalOutput) = (ends[0], ends[1])
    }

    deinit {
        close(signalInput)
        close(signalOutput)
    }

    /// What wakes `next()` with a signal, from any thread, for as long as this input exists.
    var signalReceiver: @Sendable (Int32) -> Void {
        { [signalOutput] number in
            var byte = UInt8(truncatingIfNeeded: number)
            // A full pipe holds thousands of signals already.
            _ = write(signalOutput, &byte, 1)
        }
    }

    /// Waits for a key or a signal; what was read before comes first.
    func next() -> Event {
        while true {
            if let character = takeCharacter() { return .key(character) }
            switch fill() {
            case nil: continue
            case let event?: return event
            }
        }
    }

    /// Whether the escape that `next()` gave is the key of that name and not the beginning of a sequence.
    ///
    /// Those of arrows and pastes go on with `[` or `O`, and Alt-Enter with Enter. The rest of a sequence is there or comes
    /// at once; a person is slower.
    var isEscapeAlone: Bool {
        guard position < bytes.count else { return !hasMore }
        return ![0x5B, 0x4F, 0x0A, 0x0D].contains(bytes[position])
    }

    /// Reads the rest of a bracketed paste, the end mark included.
    ///
    /// Terminals take the end mark out of what they paste, but not all of them always did, and text made to contain it
    /// would type what follows. So the last mark of what arrives in one go ends the paste.
    ///
    /// - Returns: the pasted bytes; and what ended them early, if anything did.
    func readPaste() -> (bytes: [UInt8], interruption: Event?) {
        var searched = position
        var end: Int?
        while true {
            while let mark = firstEndMark(from: searched) {
                end = mark
                searched = mark + BracketedPaste.end.count
            }
            searched = max(searched, bytes.count - BracketedPaste.end.count + 1)
            if let end, !hasMore {
                defer { position = end + BracketedPaste.end.count }
                return (Array(bytes[position..<end]), nil)
            }
            guard let event = fill(keepingConsumed: true) else { continue }
            // A window that changes its size in the midst of a paste is drawn anew when the next line begins.
            if case .signal(let number) = event, [SIGWINCH, SIGCONT, SIGTSTP].contains(number) { continue }
            defer { (bytes, position) = ([], 0) }
            return (Array(bytes[position...]), event)
        }
    }

    /// Whether more bytes are there or about to be: a terminal's line discipline passes on at most 4096 at once (n_tty.c),
    /// and the next ones follow within microseconds.
    private var hasMore: Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wait, 1, 10) > 0 && wait.revents & Int16(POLLIN) != 0
    }

    private func firstEndMark(from start: Int) -> Int? {
        var start = start
        while let candidate = bytes[start...].firstIndex(of: 0x1B) {
            if bytes[candidate...].starts(with: BracketedPaste.end) { return candidate }
            start = candidate + 1
        }
        return nil
    }

    /// Takes a cluster if a whole one is there.
    ///
    /// What follows in the buffer may belong to it; what is typed later is
    /// a cluster of its own, since a key has to act at once.
    private func takeCharacter() -> Character? {
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

    /// The scalar at an offset; U+FFFD for a byte that is not UTF-8, nil where more bytes are needed.
    private func peekScalar(at offset: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        guard offset < bytes.count else { return nil }
        let lead = bytes[offset]
        if lead < 0x80 { return (Unicode.Scalar(lead), 1) }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        let available = bytes[offset...].prefix(length)
        // A sequence that is wrong already is not waited for.
        let isCut = available.count < length && available.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
        if isCut, lead >= 0xC2, lead <= 0xF4 { return nil }
        guard let text = String(validating: available, as: UTF8.self), let scalar = text.unicodeScalars.first else {
            return ("\u{FFFD}", 1)
        }
        return (scalar, length)
    }

    /// Waits for more bytes; nil when some came.
    private func fill(keepingConsumed: Bool = false) -> Event? {
        if !keepingConsumed {
            bytes.removeSubrange(..<position)
            position = 0
        }
        var waits = [
            pollfd(fd: signalInput, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        if poll(&waits, nfds_t(waits.count), -1) < 0 { return errno == EINTR ? nil : .failure(errno) }
        if waits[0].revents != 0 {
            var number: UInt8 = 0
            if read(signalInput, &number, 1) == 1 { return .signal(Int32(number)) }
        }
        guard waits[1].revents != 0 else { return nil }
        var block = [UInt8](repeating: 0, count: 65536)
        let count = read(descriptor, &block, block.count)
        if count > 0 {
            bytes.append(contentsOf: block[..<count])
            return nil
        }
        if count < 0, errno == EINTR || errno == EAGAIN { return nil }
        guard count == 0 || errno == EIO else { return .failure(errno) }
        hasLostTerminal = hasLostTerminal || count < 0
        return .end
    }

    /// Whether the input has ended because the terminal's window was closed or its line lost.
    ///
    /// Reading fails with EIO at first, and then every call that looks at the modes does (Linux: tty_io.c, tty_vhangup).
    var isHungUp: Bool {
        var modes = termios()
        return hasLostTerminal || tcgetattr(descriptor, &modes) != 0
    }
}
