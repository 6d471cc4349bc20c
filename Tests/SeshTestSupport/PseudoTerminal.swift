internal import CPseudoTerminal

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A terminal for tests: what a person would type is written to it, what they would see is read from it.
///
/// Either a program runs on its other side, or the test uses that side itself through `slave`. Every wait has a
/// deadline, and the error then shows the bytes that did arrive.
package final class PseudoTerminal {
    /// What ended a program.
    package enum Ending: Equatable, Sendable {
        /// It left with a status.
        case status(Int32)
        /// A signal ended it.
        case signal(Int32)
    }

    /// Why a test can't go on.
    package struct Failure: Error, CustomStringConvertible {
        /// What was waited for and what was there.
        package let description: String
    }

    /// The side of the program, open as long as no program was started.
    package private(set) var slave: Int32
    /// All bytes that arrived, in order.
    package private(set) var output: [UInt8] = []
    /// What may never be shown: every wait fails once it was.
    package var forbidden: [UInt8] = []
    /// The process on the other side, if one was started.
    package private(set) var process: Int32?
    private var master: Int32
    private var ending: Ending?
    private var searched = 0
    private var isGone = false

    /// Opens a terminal.
    ///
    /// - Parameters:
    ///   - columns: the window's width.
    ///   - rows: the window's height.
    /// - Throws: `Failure` when the system has no more terminals.
    package init(columns: UInt16 = 80, rows: UInt16 = 24) throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        guard sesh_pty_open(&master, &slave, columns, rows) == 0 else {
            throw Failure(description: "no pseudo-terminal: \(String(cString: strerror(errno)))")
        }
        (self.master, self.slave) = (master, slave)
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if let process, ending == nil {
            kill(process, SIGKILL)
            waitpid(process, nil, 0)
        }
        if slave >= 0 { close(slave) }
        hangUp()
    }

    /// Closes the terminal's window, as it were: the program gets SIGHUP and finds the end of its input.
    package func hangUp() {
        guard master >= 0 else { return }
        close(master)
        master = -1
        isGone = true
    }

    /// Starts a program with this terminal as its controlling one and for all three standard streams.
    ///
    /// - Parameters:
    ///   - path: the program.
    ///   - arguments: without the program's name.
    ///   - environment: all of it; `TERM` is `xterm-256color` if it is not named.
    ///   - directory: where it starts; nil for the test's own.
    /// - Throws: `Failure` when there can be no more processes.
    package func start(
        _ path: String, _ arguments: [String] = [], environment: [String: String], directory: String? = nil
    ) throws {
        let environment = environment.merging(["TERM": "xterm-256color"]) { given, _ in given }
        let process = Self.withStrings([path] + arguments) { arguments in
            Self.withStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
                sesh_spawn_on_pty(slave, path, arguments, environment, directory)
            }
        }
        guard process > 0 else {
            throw Failure(description: "can't start \(path): \(String(cString: strerror(errno)))")
        }
        self.process = process
        close(slave)
        slave = -1
    }

    /// Types text.
    ///
    /// - Parameter text: keys as the terminal sends them: Enter is `\r`, Ctrl-C is `\u{3}`.
    /// - Throws: `Failure` when the other side is gone or does not read.
    package func type(_ text: String) throws {
        try type(Array(text.utf8))
    }

    /// Types bytes, which need not be UTF-8.
    ///
    /// Output that comes meanwhile is read, or both sides would wait.
    ///
    /// - Parameter bytes: keys as the terminal sends them.
    /// - Throws: `Failure` when the other side is gone or does not read for 10 seconds.
    package func type(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                guard try receive(milliseconds: 10_000, orWritable: true) else {
                    throw Failure(description: "nobody reads the keys; \(seen)")
                }
            } else if errno != EINTR {
                throw Failure(description: "can't type: \(String(cString: strerror(errno))); \(seen)")
            }
        }
    }

    /// Reads until a text has arrived after what was waited for before.
    ///
    /// - Parameters:
    ///   - text: the bytes to look for.
    ///   - seconds: how long to wait altogether.
    /// - Returns: everything from the end of the former wait up to and with `text`.
    /// - Throws: `Failure` at the deadline or when the other side is gone.
    @discardableResult
    package func wait(for text: String, seconds: Int = 20) throws -> String {
        try wait(forEither: [text], seconds: seconds)
    }

    /// Reads until one of some texts has arrived after what was waited for before.
    ///
    /// - Parameters:
    ///   - texts: the bytes to look for; of several that are there the first counts.
    ///   - seconds: how long to wait altogether.
    /// - Returns: everything from the end of the former wait up to and with the text.
    /// - Throws: `Failure` at the deadline or when the other side is gone.
    @discardableResult
    package func wait(forEither texts: [String], seconds: Int = 20) throws -> String {
        let patterns = texts.map { Array($0.utf8) }
        let deadline = ContinuousClock.now + .seconds(seconds)
        let longest = patterns.reduce(1) { max($0, $1.count) }
        var start = searched
        while true {
            if let end = patterns.lazy.compactMap({ Self.end(of: $0, in: self.output[start...]) }).min() {
                defer { searched = end }
                return String(decoding: output[searched..<end], as: UTF8.self)
            }
            start = max(start, output.count - longest + 1)
            let left = (deadline - .now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else {
                throw Failure(description: "no \(texts) within \(seconds) s; \(seen)")
            }
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            if try !receive(milliseconds: Int32(milliseconds)), isGone {
                throw Failure(description: "the other side is gone before \(texts); \(seen)")
            }
        }
    }

    /// Changes the size of the window.
    ///
    /// - Parameters:
    ///   - columns: the new width.
    ///   - rows: the new height.
    package func resize(columns: UInt16, rows: UInt16 = 24) {
        _ = sesh_pty_resize(master, columns, rows)
    }

    /// Whether the terminal's modes are a shell's: lines are edited and keys are shown by the terminal itself.
    ///
    /// On this side of the terminal tcgetattr(3) tells of the other one, whose program may have ended.
    package var isCooked: Bool {
        var modes = termios()
        let usual = tcflag_t(ICANON | ECHO | ISIG)
        return tcgetattr(master, &modes) == 0 && modes.c_lflag & usual == usual
            && modes.c_iflag & tcflag_t(ICRNL) != 0
    }

    /// Sends a signal to the program.
    ///
    /// - Parameter number: the signal's number.
    package func signal(_ number: Int32) {
        if let process { kill(process, number) }
    }

    /// Reads what there still is and waits until the program has ended.
    ///
    /// - Parameter seconds: how long to wait altogether.
    /// - Returns: what ended it.
    /// - Throws: `Failure` at the deadline.
    package func waitForEnd(seconds: Int = 20) throws -> Ending {
        if let ending { return ending }
        guard let process else { throw Failure(description: "no program was started") }
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                while try receive(milliseconds: 0) {}
                let signal = status & 0x7F
                let ending = signal == 0 ? Ending.status((status >> 8) & 0xFF) : .signal(signal)
                self.ending = ending
                return ending
            }
            // Output has to be read meanwhile, and its end comes with the program's.
            if try !receive(milliseconds: 20), isGone { poll(nil, 0, 5) }
        }
        throw Failure(description: "the program is still there after \(seconds) s; \(seen)")
    }

    private var seen: String { "seen: \(String(decoding: output[searched...], as: UTF8.self).debugDescription)" }

    /// Returns whether something arrived, or can be written where that was asked for.
    private func receive(milliseconds: Int32, orWritable: Bool = false) throws -> Bool {
        guard !isGone else { return false }
        var wait = pollfd(fd: master, events: Int16(POLLIN | (orWritable ? POLLOUT : 0)), revents: 0)
        guard poll(&wait, 1, milliseconds) > 0 else { return false }
        var block = [UInt8](repeating: 0, count: 65536)
        let count = read(master, &block, block.count)
        if count > 0 {
            let unchecked = max(0, output.count - forbidden.count)
            output.append(contentsOf: block[..<count])
            guard forbidden.isEmpty || Self.end(of: forbidden, in: output[unchecked...]) == nil else {
                throw Failure(description: "what may never be shown was shown; \(seen)")
            }
            return true
        }
        // EIO: the last descriptor of the other side was closed (Linux); 0 elsewhere.
        if count == 0 || errno == EIO { isGone = true }
        return orWritable && wait.revents & Int16(POLLOUT) != 0
    }

    private static func end(of pattern: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = pattern.first else { return bytes.startIndex }
        var start = bytes.startIndex
        while let candidate = bytes[start...].firstIndex(of: first) {
            if bytes[candidate...].starts(with: pattern) { return candidate + pattern.count }
            start = candidate + 1
        }
        return nil
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) } + [nil]
        defer { for copy in copies { free(copy) } }
        return body(copies)
    }
}
