import Foundation
import SeshTestSupport

/// A screen that is asked what it shows: a pane of tmux, to which bytes are written as a program would.
final class TmuxPane {
    /// What a screen shows.
    struct Screen: Equatable {
        /// All rows, without blanks at their ends.
        var rows: [String]
        var cursorRow: Int
        var cursorColumn: Int
    }

    /// Why there is nothing to judge by.
    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Where tmux is; nil where there is none.
    static let program = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        .map { $0 + "/tmux" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    private let directory: URL
    private let client = Process()
    private let commands = Pipe()
    private let answers = Pipe()
    private let screenInput: FileHandle
    private let screenOutput: FileHandle
    private var unread: [UInt8] = []

    /// Starts a server of its own with one pane.
    init() throws {
        guard let program = Self.program else { throw Failure(description: "no tmux") }
        directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let (input, output) = (directory.path + "/in", directory.path + "/out")
        for path in [input, output] { guard mkfifo(path, 0o600) == 0 else { throw Failure(description: "no fifo") } }
        let configuration = directory.path + "/tmux.conf"
        try "set -g status off\nset -g escape-time 0\n"
            .write(toFile: configuration, atomically: true, encoding: .utf8)
        // Its own answers, such as the place of the cursor, come as the pane's input.
        let relay = "stty raw -echo; cat <'\(input)' & exec cat >'\(output)'"
        let starting = try PseudoTerminal()
        try starting.start(
            program,
            ["-u", "-S", directory.path + "/socket", "-f", configuration, "new-session", "-d", "-x", "80", "-y", "24"]
                + [relay],
            environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LC_ALL": "C.UTF-8"])
        guard try starting.waitForEnd() == .status(0) else { throw Failure(description: "tmux does not start") }
        screenInput = try FileHandle(forWritingTo: URL(filePath: input))
        screenOutput = try FileHandle(forReadingFrom: URL(filePath: output))
        client.executableURL = URL(filePath: program)
        client.arguments = ["-u", "-S", directory.path + "/socket", "-C", "attach"]
        client.environment = ["LC_ALL": "C.UTF-8", "TERM": "xterm"]
        client.standardInput = commands
        client.standardOutput = answers
        try client.run()
        // What attaching itself answers comes first.
        _ = try answer()
        // Not in the configuration, with which tmux 3.3a does not start.
        _ = try ask("set -g window-size manual")
    }

    deinit {
        try? commands.fileHandleForWriting.write(contentsOf: Data("kill-server\n".utf8))
        client.waitUntilExit()
        try? FileManager.default.removeItem(at: directory)
    }

    /// Makes the window so large, and empties it.
    func reset(columns: Int, rows: Int) throws {
        _ = try ask("resize-window -x \(columns) -y \(rows)")
        try write("\u{1B}c")
        _ = try settle()
    }

    /// Writes what a program writes.
    func write(_ text: String) throws { try screenInput.write(contentsOf: Data(text.utf8)) }

    /// What is seen once all that was written is.
    func screen() throws -> Screen {
        let (row, column) = try settle()
        let rows = try ask("capture-pane -p").map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
        return Screen(rows: rows, cursorRow: row, cursorColumn: column)
    }

    /// Asks for the place of the cursor, which is told only after all before it has been drawn (DSR, ECMA-48 8.3.35).
    private func settle() throws -> (row: Int, column: Int) {
        try write("\u{1B}[6n")
        var reply: [UInt8] = []
        while reply.last != UInt8(ascii: "R") {
            guard let data = try screenOutput.read(upToCount: 1), let byte = data.first else {
                throw Failure(description: "the pane is gone")
            }
            reply.append(byte)
        }
        let numbers = String(decoding: reply, as: UTF8.self).split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 2 else { throw Failure(description: "no place: \(reply)") }
        return (numbers[0] - 1, numbers[1] - 1)
    }

    private func ask(_ command: String) throws -> [String] {
        try commands.fileHandleForWriting.write(contentsOf: Data((command + "\n").utf8))
        return try answer()
    }

    /// The lines between %begin and %end (tmux(1), CONTROL MODE).
    private func answer() throws -> [String] {
        var lines: [String]?
        while true {
            let line = try readLine()
            if line.hasPrefix("%begin ") {
                lines = []
            } else if line.hasPrefix("%end ") || line.hasPrefix("%error "), let lines {
                return lines
            } else {
                lines?.append(line)
            }
        }
    }

    private func readLine() throws -> String {
        while true {
            if let end = unread.firstIndex(of: 0x0A) {
                defer { unread.removeSubrange(...end) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            var block = [UInt8](repeating: 0, count: 65536)
            let count = read(answers.fileHandleForReading.fileDescriptor, &block, block.count)
            guard count > 0 else { throw Failure(description: "tmux has left") }
            unread += block[..<count]
        }
    }
}
