internal import Platform

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Reads keys from a terminal, in blocks: libedit's own reader makes a system call for every byte.
///
/// Confined to the thread of the line editor, except for `signalReceiver`, which writes to a pipe.
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

    /// Makes an input for a descriptor, which the caller owns.
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

    /// Passes a signal to `next()`, from any thread, as long as this input exists.
    var signalReceiver: @Sendable (Int32) -> Void {
        { [signalOutput] number in
            // A full pipe has thousands of signals already.
            Descriptor.write(signalOutput, byte: UInt8(truncatingIfNeeded: number))
        }
    }

    /// Takes the signals that `next()` has not returned.
    func takeSignals() -> [Int32] {
        var numbers: [Int32] = []
        var number: UInt8 = 0
        while read(signalInput, &number, 1) == 1 { numbers.append(Int32(number)) }
        return numbers
    }

    /// Waits for a key or a signal.
    ///
    /// - Parameters:
    ///   - hasEscapeKey: whether Escape by itself has a function and is never Alt.
    ///   - isEscapeAwaited: whether Escape has a function now although it may be Alt.
    ///   - willWait: called when all bytes are decoded, with the milliseconds after which a part of a sequence counts
    ///     as keys; -1 for never.
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
    /// Most terminals remove end marks from what they paste; with others, a mark in the text would have the rest typed
    /// as keys. So the last mark of what arrives without a pause ends the paste.
    ///
    /// - Returns: the pasted bytes, and the event that interrupted the paste, if any.
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
            // If the window's size changes during a paste, the next line is drawn for the new size.
            if case .signal(let number) = event, [SIGWINCH, SIGCONT, SIGTSTP].contains(number) { continue }
            defer { decoder = KeyDecoder() }
            return (Array(decoder.bytes[decoder.position...]), event)
        }
    }

    /// Whether more bytes have arrived or soon will: a terminal's line discipline delivers at most 4096 at once
    /// (n_tty.c), and the next ones within microseconds.
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

    /// Waits for more bytes for some milliseconds, or with -1 for ever.
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

    /// Whether the input has ended because the terminal's window was closed or its connection lost.
    ///
    /// First reading fails with EIO, and then reading the modes (Linux: tty_io.c, tty_vhangup).
    var isHungUp: Bool {
        var modes = termios()
        return hasLostTerminal || tcgetattr(descriptor, &modes) != 0
    }
}
