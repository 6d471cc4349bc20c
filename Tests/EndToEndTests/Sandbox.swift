import SessionKitTesting
import Foundation
import SeshTestSupport
import Testing

/// A home directory of its own for the built program, removed with the test.
///
/// What the program writes is captured in files: a pipe that nobody reads while waiting for the end would stop a
/// program that has much to say.
final class Sandbox: SessionHome, Sendable {
    /// What a run left behind.
    struct Run: Sendable, CustomStringConvertible {
        /// The exit code; nil if a signal ended it.
        let status: Int32?
        /// The signal that ended it; nil if it exited.
        let signal: Int32?
        /// Standard output.
        let output: String
        /// Standard error.
        let errors: String

        var description: String {
            "status \(status.map(String.init) ?? "-"), signal \(signal.map(String.init) ?? "-"), "
                + "output \(output.debugDescription), errors \(errors.debugDescription)"
        }
    }

    /// A run that has not been waited for.
    struct Running: Sendable {
        fileprivate let process: SendableProcess
        fileprivate let directory: URL
        fileprivate let root: URL
        /// The process.
        var id: Int32 { process.process.processIdentifier }

        /// Waits for the end.
        func finish() async throws -> Run {
            await process.ended.opened()
            try Canary.expectSilence(below: root)
            let isSignal = process.process.terminationReason == .uncaughtSignal
            let code = process.process.terminationStatus
            return Run(
                status: isSignal ? nil : code, signal: isSignal ? code : nil,
                output: String(decoding: try Data(contentsOf: directory.appending(path: "out")), as: UTF8.self),
                errors: String(decoding: try Data(contentsOf: directory.appending(path: "err")), as: UTF8.self))
        }

        /// Where its standard output is kept.
        var outputFile: URL { directory.appending(path: "out") }

        /// What it has written to standard output so far.
        var outputSoFar: String {
            String(decoding: (try? Data(contentsOf: directory.appending(path: "out"))) ?? Data(), as: UTF8.self)
        }
    }

    /// Process is a class that is not Sendable; it is only read after `ended` has been opened, and by one task.
    fileprivate final class SendableProcess: @unchecked Sendable {
        let process = Process()
        let ended = Gate()
    }

    /// The program under test: the one in `SESH_BINARY`, else the one built beside the tests.
    static let binary: String = {
        if let path = ProcessInfo.processInfo.environment["SESH_BINARY"] { return path }
        return URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "sesh").path
    }()

    let root: URL

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "sesh-test-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// The environment of a run: nothing of the test's own but where programs and temporary files are.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        var environment = ["HOME": root.path, "PATH": own["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8"]
        environment["TMPDIR"] = own["TMPDIR"]
        environment["SESH_MODEL"] = "echo"
        for variable in Canary.variables { environment[variable] = Canary.key }
        return environment.merging(more) { $1 }.filter { !$0.value.isEmpty }
    }

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - arguments: its command line.
    ///   - program: another program that leads to it.
    ///   - input: what it finds on standard input; nil is `/dev/null`.
    ///   - environment: variables beside the usual ones; an empty value removes one.
    func start(
        _ arguments: [String], program: String = Sandbox.binary, input: Data? = nil,
        environment more: [String: String] = [:]
    ) throws -> Running {
        let directory = root.appending(path: "run-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        for name in ["out", "err"] {
            try Data().write(to: directory.appending(path: name))
        }
        let held = SendableProcess()
        let process = held.process
        var handles: [FileHandle] = []
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = environment(more)
        process.currentDirectoryURL = root
        if let input {
            try input.write(to: directory.appending(path: "in"))
            handles.append(try FileHandle(forReadingFrom: directory.appending(path: "in")))
            process.standardInput = handles[0]
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        let output = try FileHandle(forWritingTo: directory.appending(path: "out"))
        let errors = try FileHandle(forWritingTo: directory.appending(path: "err"))
        handles += [output, errors]
        process.standardOutput = output
        process.standardError = errors
        process.terminationHandler = { [ended = held.ended] _ in ended.open() }
        try process.run()
        // The program has its own by now. Foundation keeps ended processes for a while, and with more than a thousand
        // descriptors open its next `run()` crashes.
        for handle in handles { try handle.close() }
        return Running(process: held, directory: directory, root: root)
    }

    /// Runs the program to its end.
    @discardableResult
    func run(_ arguments: String..., input: String? = nil, environment: [String: String] = [:]) async throws -> Run {
        try await start(arguments, input: input.map { Data($0.utf8) }, environment: environment).finish()
    }

    /// Starts the program on a terminal of its own.
    func terminal(
        _ arguments: String..., environment more: [String: String] = [:], columns: UInt16 = 80
    ) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(columns: columns)
        terminal.forbidden = Array(Canary.key.utf8)
        try terminal.start(Self.binary, arguments, environment: environment(more), directory: root.path)
        return terminal
    }
}
