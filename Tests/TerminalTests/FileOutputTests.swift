import Platform
import Foundation
import SeshTestSupport
import Testing

@testable import Terminal

struct FileOutputTests {
    /// A pipe whose ends close with it.
    final class Pipe {
        let reading: Int32
        private(set) var writing: Int32

        init() {
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            close(reading)
            closeWriting()
        }

        func closeWriting() {
            if writing >= 0 { close(writing) }
            writing = -1
        }
    }

    @Test func `More than a full non-blocking pipe takes is written whole`() throws {
        let pipe = Pipe()
        _ = fcntl(pipe.writing, F_SETFL, O_NONBLOCK)
        let text = String(repeating: "0123456789abcdef", count: 40_000)
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let reader = Process()
        reader.executableURL = URL(filePath: "/bin/cat")
        reader.standardInput = FileHandle(fileDescriptor: pipe.reading)
        reader.standardOutput = try FileHandle(forWritingTo: file)
        try reader.run()
        try FileOutput(descriptor: pipe.writing).write(text)
        pipe.closeWriting()
        reader.waitUntilExit()
        #expect(try Data(contentsOf: file) == Data(text.utf8))
    }

    @Test func `A reader that is gone is told apart from other failures`() throws {
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        close(ends[0])
        defer { close(ends[1]) }
        #expect(throws: FileOutputError(SystemError("write", code: EPIPE))) {
            try FileOutput(descriptor: ends[1]).write("x")
        }
        #expect(throws: FileOutputError(SystemError("write", code: EBADF))) {
            try FileOutput(descriptor: -1).write("x")
        }
    }

    @Test(arguments: [
        ("y\n", true), ("Yes\n", true), ("n\n", false), ("\n", false), ("yesterday\n", false), ("", false),
        ("y", false),
    ])
    func `Only a clear yes is one`(answer: String, expected: Bool) throws {
        let (answers, shown) = (Pipe(), Pipe())
        try FileOutput(descriptor: answers.writing).write(answer)
        answers.closeWriting()
        let question = Question(input: answers.reading, output: FileOutput(descriptor: shown.writing))
        #expect(try question.ask("Delete \u{1B}x?") == expected)
        var block = [UInt8](repeating: 0, count: 100)
        let count = read(shown.reading, &block, block.count)
        #expect(String(decoding: block[..<count], as: UTF8.self).hasPrefix("Delete ␛x? [y/N] "))
    }

    @Test func `The width is the window's, or what COLUMNS says, or 80`() throws {
        let terminal = try PseudoTerminal(columns: 47)
        #expect(TerminalDevice(descriptor: terminal.slave).columns == 47)
        #expect(TerminalDevice(descriptor: terminal.slave, columnsVariable: "33").columns == 33)
        #expect(TerminalDevice(descriptor: terminal.slave, columnsVariable: "wide").columns == 47)
        terminal.resize(columns: 0)
        #expect(TerminalDevice(descriptor: terminal.slave).columns == 80)
        #expect(TerminalDevice(descriptor: -1).columns == 80)
        #expect(TerminalDevice(descriptor: terminal.slave).isTerminal)
        #expect(!TerminalDevice(descriptor: -1).isTerminal)
    }

    @Test func `A terminal gets its modes back`() throws {
        let terminal = try PseudoTerminal()
        let saved = try #require(TerminalDevice(descriptor: terminal.slave).modes())
        var modes = termios()
        tcgetattr(terminal.slave, &modes)
        let before = modes.c_lflag
        cfmakeraw(&modes)
        tcsetattr(terminal.slave, TCSANOW, &modes)
        saved.restore()
        tcgetattr(terminal.slave, &modes)
        #expect(modes.c_lflag == before)
        try terminal.wait(for: "\u{1B}[?2004l")
    }
}
