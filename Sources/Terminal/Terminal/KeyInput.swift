internal import Platform

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
        case key(KeyDecoder.Token)
        case signal(Int32)
        case end
        case failure(Int32)
    }

    private let descriptor: Int32
    private let signalInput: Int32
    private let signalOutput: Int32
    private var decoder = KeyDecoder()
    private var hasLostTerminal = false

    /// Makes an input of a descriptor, which stays the caller's.
    init(descriptor: Int32) throws(TerminalError) {
        do throws(SystemError) {
            (signalInput, signalOutput) = try Descriptor.pipe(isNonBlocking: true)
        } catch {
            throw TerminalError(.editing, error)
        }
        self.descriptor = descriptor
    }

    deinit {
        close(signalInput)
        close(signalOutput)
    }

    /// What wakes `next()` with a signal, from any thread, for as long as this input exists.
    var signalReceiver: @Sendable (Int32) -> Void {
        { [signalOutput] number in
            // A full pipe holds thousands of signals already.
            Descriptor.write(signalOutput, byte: UInt8(truncatingIfNeeded: number))
        }
    }

    /// Takes the signals that `next()` has not given.
    func takeSignals() -> [Int32] {
        var numbers: [Int32] = []
        var number: UInt8 = 0
        while read(signalInput, &number, 1) == 1 { numbers.append(Int32(number)) }
        return numbers
    }

    /// Waits for a key or a signal; what was read before comes first.
    ///
    /// - Parameters:
    ///   - hasEscapeKey: whether Escape by itself is a key and never the Alt of another.
    ///   - isEscapeAwaited: whether Escape does something now even if it may be the Alt of another.
    ///   - willWait: called when all that was read before has been given, with the milliseconds after which what was read
    ///     of a sequence counts as it is; -1 for never.
    func next(hasEscapeKey: Bool, isEscapeAwaited: Bool, willWait: (Int32) -> Void) -> Event {
        while true {
            if let token = decoder.next(hasEscapeKey: hasEscapeKey) { return .key(token) }
            let patience = decoder.patience(hasEscapeKey: hasEscapeKey || isEscapeAwaited)
            willWait(patience)
            switch fill(milliseconds: patience) {
            case .bytes: continue
            case .silence:
                if let token = decoder.silence(hasEscapeKey: hasEscapeKey) { return .key(token) }
            case .event(let event): return event
            }
        }
    }

    /// Reads the rest of a bracketed paste, the end mark included.
    ///
    /// Terminals take the end mark out of what they paste, but not all of them always did, and text made to contain it
    /// would type what follows. So the last mark of what arrives in one go ends the paste.
    ///
    /// - Returns: the pasted bytes; and what ended them early, if anything did.
    func readPaste() -> (bytes: [UInt8], interruption: Event?) {
        var searched = decoder.position
        var end: Int?
        while true {
            while let mark = firstEndMark(from: searched) {
                end = mark
                searched = mark + BracketedPaste.end.count
            }
            searched = max(searched, decoder.bytes.count - BracketedPaste.end.count + 1)
            if let end, !hasMore {
                defer { decoder.skip(to: end + BracketedPaste.end.count) }
                return (Array(decoder.bytes[decoder.position..<end]), nil)
            }
            guard case .event(let event) = fill(keepingConsumed: true) else { continue }
            // A window that changes its size in the midst of a paste is drawn anew when the next line begins.
            if case .signal(let number) = event, [SIGWINCH, SIGCONT, SIGTSTP].contains(number) { continue }
            defer { decoder = KeyDecoder() }
            return (Array(decoder.bytes[decoder.position...]), event)
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
        while let candidate = decoder.bytes[start...].firstIndex(of: 0x1B) {
            if decoder.bytes[candidate...].starts(with: BracketedPaste.end) { return candidate }
            start = candidate + 1
        }
        return nil
    }

    private enum Arrival {
        case bytes
        case silence
        case event(Event)
    }

    /// Waits for more bytes, so long or, with -1, for ever.
    private func fill(keepingConsumed: Bool = false, milliseconds: Int32 = -1) -> Arrival {
        if !keepingConsumed { decoder.compact() }
        var waits = [
            pollfd(fd: signalInput, events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&waits, nfds_t(waits.count), milliseconds)
        if ready < 0 { return errno == EINTR ? .bytes : .event(.failure(errno)) }
        if ready == 0 { return .silence }
        if waits[0].revents != 0 {
            var number: UInt8 = 0
            if read(signalInput, &number, 1) == 1 { return .event(.signal(Int32(number))) }
        }
        guard waits[1].revents != 0 else { return .bytes }
        var block = [UInt8](repeating: 0, count: 65536)
        let count = read(descriptor, &block, block.count)
        if count > 0 {
            decoder.append(block[..<count])
            return .bytes
        }
        if count < 0, errno == EINTR || errno == EAGAIN { return .bytes }
        guard count == 0 || errno == EIO else { return .event(.failure(errno)) }
        hasLostTerminal = hasLostTerminal || count < 0
        return .event(.end)
    }

    /// Whether the input has ended because the terminal's window was closed or its line lost.
    ///
    /// Reading fails with EIO at first, and then every call that looks at the modes does (Linux: tty_io.c, tty_vhangup).
    var isHungUp: Bool {
        var modes = termios()
        return hasLostTerminal || tcgetattr(descriptor, &modes) != 0
    }
}
