import Foundation
import SeshTestSupport
import Testing

@testable import Terminal
@testable import TerminalText

/// In order, since the locale and the signals belong to the whole process.
@Suite(.serialized)
final class LineEditorTests {
    let terminal: PseudoTerminal
    let directory: URL
    /// Written once for every line, when keys are taken; the prompt may be drawn more than once.
    let isReading = "\u{1B}[?2004h"

    init() throws {
        setenv("TERM", "xterm-256color", 1)
        #if canImport(Darwin)
            setlocale(LC_CTYPE, "en_US.UTF-8")
        #else
            setlocale(LC_CTYPE, "C.UTF-8")
        #endif
        terminal = try PseudoTerminal()
        directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    func options(signals: SignalMonitor? = nil, bindings: String? = nil) -> LineEditorOptions {
        LineEditorOptions(
            input: terminal.slave, output: terminal.slave, programName: "sesh", keyBindings: bindings,
            history: HistoryFile(path: directory.appending(path: "history").path), signals: signals)
    }

    /// Types keys once the prompt is there and gives what was read.
    func read(_ reader: LineReader, typing keys: String) async throws -> LineInput {
        try await read(reader) { [terminal, isReading] in
            try terminal.wait(for: isReading)
            try terminal.type(keys)
        }
    }

    /// Reads a line while a person does something.
    ///
    /// If that fails, the reader must not be waited for for ever.
    func read(
        _ reader: LineReader, prompt: String = "> ", while person: @escaping () throws -> Void
    ) async throws -> LineInput {
        async let input = reader.readLine(prompt: prompt)
        do {
            try await onThread(person)
        } catch {
            terminal.hangUp()
            throw error
        }
        return try await input
    }

    /// The person waits for the screen, which must not take a thread from the pool that the reader resumes on.
    private func onThread(_ body: @escaping () throws -> Void) async throws {
        // Safe: the caller, who alone has what the body uses, does nothing until it has ended.
        nonisolated(unsafe) let body = body
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }

    @Test func `A typed line is given back exactly`() async throws {
        let reader = try LineReader(options())
        #expect(try await read(reader, typing: "hello wörld\r") == .line("hello wörld"))
    }

    @Test(arguments: [
        "日本語", "👩‍👩‍👧 family", "flag 🇩🇪 x", "e\u{301}\u{302}z", "\u{1100}\u{1161}", "עברית \u{202E}x", "क्षि",
        "\u{F0000}\u{10FFFD}", "a\u{200B}b\u{FEFF}",
    ])
    func `Text that libedit can't draw is given back exactly`(text: String) async throws {
        let reader = try LineReader(options())
        let input = try await read(reader, typing: text + "\r")
        guard case .line(let line, _) = input else {
            Issue.record("\(input)")
            return
        }
        #expect(line == text)
        let drawn = String(decoding: terminal.output, as: UTF8.self).unicodeScalars
        #expect(!drawn.contains { $0.value > 0x9F && (!ScreenText.isSafe($0) || $0.value >= 0xF0000) })
    }

    @Test func `Editing beside a cluster removes the whole of it`() async throws {
        let reader = try LineReader(options())
        #expect(try await read(reader, typing: "a👩‍👩‍👧b\u{7F}\u{7F}c\r") == .line("ac"))
    }

    @Test func `Ctrl-C gives up the line and the next one is empty`() async throws {
        let reader = try LineReader(options())
        #expect(try await read(reader, typing: "half\u{3}") == .interrupted)
        #expect(try await read(reader, typing: "\r") == .line(""))
    }

    @Test func `Ctrl-D on an empty line is the end and on a full one is not`() async throws {
        let reader = try LineReader(options())
        #expect(try await read(reader, typing: "a\u{4}b\r") == .line("ab"))
        #expect(try await read(reader, typing: "\u{4}") == .endOfFile)
    }

    @Test(arguments: ["\n", "\u{1B}\r", "\u{1B}\n"])
    func `Ctrl-J and Alt-Enter insert a line break`(key: String) async throws {
        let reader = try LineReader(options())
        #expect(try await read(reader, typing: "one\(key)two\r") == .line("one\ntwo"))
    }

    @Test func `A bracketed paste is text whatever it contains`() async throws {
        let reader = try LineReader(options())
        let paste = "\u{1B}[200~/exit\r\n\u{3}\u{4}\u{1B}[31m\rx\ty\0\u{1B}[201~"
        #expect(
            try await read(reader, typing: paste + "!\r")
                == .line("/exit\n\u{3}\u{4}\u{1B}[31m\nx\ty\0!", isVerbatim: true))
        #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[31m"))
    }

    @Test func `A megabyte is pasted whole`() async throws {
        let reader = try LineReader(options())
        let text = String(repeating: "0123456789 e\u{301} line\n", count: 50_000) + "end"
        let input = try await read(reader, typing: "\u{1B}[200~\(text)\u{1B}[201~\r")
        guard case .line(let line, _) = input else {
            Issue.record("\(input)")
            return
        }
        #expect(line == text)
    }

    @Test func `Bracketed paste is on only while a line is read`() async throws {
        let reader = try LineReader(options())
        _ = try await read(reader) { [terminal, isReading] in
            try terminal.wait(for: isReading)
            try terminal.type("\r")
        }
        try terminal.wait(for: "\u{1B}[?2004l")
    }

    @Test func `Lines are called back, also several at once and in a later run`() async throws {
        do {
            let reader = try LineReader(options())
            reader.remember("first")
            reader.remember("two\nlines ")
            #expect(try await read(reader, typing: "\u{1B}[A\r") == .line("two\nlines "))
        }
        let reader = try LineReader(options())
        #expect(try await read(reader, typing: "\u{10}\u{10}\u{10}\r") == .line("first"))
    }

    @Test func `Ctrl-R finds a former line`() async throws {
        let reader = try LineReader(options())
        reader.remember("needle in the hay")
        reader.remember("another")
        #expect(try await read(reader, typing: "\u{12}need\u{1B}\r") == .line("needle in the hay"))
    }

    @Test func `Key bindings of the user are honoured`() async throws {
        let bindings = directory.appending(path: "editrc")
        try "sesh:bind -s ^T typed\n".write(to: bindings, atomically: true, encoding: .utf8)
        let reader = try LineReader(options(bindings: bindings.path))
        #expect(try await read(reader, typing: "\u{14}!\r") == .line("typed!"))
    }

    @Test func `Ctrl-C and pastes work with vi keys too`() async throws {
        let bindings = directory.appending(path: "editrc")
        try "bind -v\n".write(to: bindings, atomically: true, encoding: .utf8)
        let reader = try LineReader(options(bindings: bindings.path))
        #expect(try await read(reader, typing: "x\u{1B}[200~a\rb\u{1B}[201~\r") == .line("xa\nb"))
        #expect(try await read(reader, typing: "half\u{3}") == .interrupted)
    }

    @Test func `The prompt is shown safely`() async throws {
        let reader = try LineReader(options())
        let input = try await read(reader, prompt: "\u{1B}]0;x\u{7}> ") { [terminal] in
            try terminal.wait(for: "␛]0;x␇> ")
            try terminal.type("\r")
        }
        #expect(input == .line(""))
    }

    @Test func `A terminal that is gone is the end of input`() async throws {
        let reader = try LineReader(options())
        let input = try await read(reader) { [terminal, isReading] in
            try terminal.wait(for: isReading)
            terminal.hangUp()
        }
        #expect(input == .endOfFile)
    }

    @Test(arguments: [SIGTERM, SIGHUP])
    func `A signal that ends programs gets out with the terminal's modes restored`(number: Int32) async throws {
        let monitor = try SignalMonitor(catching: [SIGINT, SIGTERM, SIGHUP])
        defer { monitor.stop() }
        let before = try modes()
        let reader = try LineReader(options(signals: monitor))
        let input = try await read(reader) { [terminal, isReading] in
            try terminal.wait(for: isReading)
            kill(getpid(), number)
        }
        #expect(input == .terminated(signal: number))
        #expect(try modes() == before)
    }

    @Test func `SIGINT from elsewhere gives up the line like Ctrl-C`() async throws {
        let monitor = try SignalMonitor(catching: [SIGINT])
        defer { monitor.stop() }
        let reader = try LineReader(options(signals: monitor))
        let input = try await read(reader) { [terminal, isReading] in
            try terminal.wait(for: isReading)
            kill(getpid(), SIGINT)
        }
        #expect(input == .interrupted)
    }

    @Test func `A window that changes its size keeps the line`() async throws {
        let monitor = try SignalMonitor(catching: [SIGINT])
        defer { monitor.stop() }
        let reader = try LineReader(options(signals: monitor))
        let input = try await read(reader) { [terminal, isReading] in
            try terminal.wait(for: isReading)
            try terminal.type("abc")
            try terminal.wait(for: "abc")
            terminal.resize(columns: 40)
            kill(getpid(), SIGWINCH)
            try terminal.wait(for: "> abc")
            try terminal.type("d\r")
        }
        #expect(input == .line("abcd"))
    }

    @Test func `Signals go to the newest receiver and wait when there is none`() async throws {
        let monitor = try SignalMonitor(catching: [SIGINT, SIGTERM])
        defer { monitor.stop() }
        kill(getpid(), SIGTERM)
        let (numbers, continuation) = AsyncStream.makeStream(of: Int32.self)
        let id = monitor.receive { signal in
            continuation.yield(signal.number)
            return true
        }
        var iterator = numbers.makeAsyncIterator()
        #expect(await iterator.next() == SIGTERM)
        kill(getpid(), SIGINT)
        #expect(await iterator.next() == SIGINT)
        monitor.endReception(id)
        // Another thread may be the one that is interrupted, and only later: one that arrives after the monitor has
        // stopped ends the process.
        _ = monitor.receive { _ in
            continuation.yield(0)
            return false
        }
        kill(getpid(), SIGTERM)
        #expect(await iterator.next() == 0)
        #expect(monitor.stop() == [SIGTERM])
    }

    @Test func `A receiver that is no longer concerned leaves a signal to the one before it, and may take others away`()
        async throws
    {
        let monitor = try SignalMonitor(catching: [SIGTERM])
        defer { monitor.stop() }
        let (numbers, continuation) = AsyncStream.makeStream(of: CaughtSignal.self)
        let first = monitor.receive { signal in
            continuation.yield(signal)
            return true
        }
        let second = monitor.receive { [monitor] _ in
            // Under a lock of the router's this would never return.
            monitor.endReception(first + 100)
            return false
        }
        #expect(second != first)
        kill(getpid(), SIGTERM)
        var iterator = numbers.makeAsyncIterator()
        let signal = await iterator.next()
        #expect(signal?.number == SIGTERM)
        #if os(Linux)
            #expect(signal?.isFromKeyboard == false)
        #endif
    }

    @Test func `Stopping puts the former actions back and leaves ignored signals ignored`() throws {
        signal(SIGHUP, SIG_IGN)
        signal(SIGUSR1, SIG_DFL)
        defer { signal(SIGHUP, SIG_DFL) }
        let monitor = try SignalMonitor(catching: [SIGHUP, SIGUSR1])
        #expect(isIgnored(SIGHUP))
        #expect(throws: TerminalError.self) { try SignalMonitor(catching: []) }
        monitor.stop()
        #expect(isIgnored(SIGHUP))
        #expect(address(of: signal(SIGUSR1, SIG_DFL)) == address(of: SIG_DFL))
    }

    private func isIgnored(_ number: Int32) -> Bool {
        let former = signal(number, SIG_IGN)
        return address(of: former) == address(of: SIG_IGN)
    }

    // Function pointers are not comparable.
    private func address(of handler: (@convention(c) (Int32) -> Void)?) -> Int {
        unsafeBitCast(handler, to: Int.self)
    }

    private func modes() throws -> [UInt32] {
        var modes = termios()
        try #require(tcgetattr(terminal.slave, &modes) == 0)
        return [modes.c_iflag, modes.c_oflag, modes.c_lflag].map { UInt32($0) }
    }
}
