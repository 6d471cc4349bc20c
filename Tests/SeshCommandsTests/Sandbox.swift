import Foundation
import SeshCommands
import SeshTestSupport
import SessionKit
import SessionKitTesting
import Testing

/// Runs command lines in this process, in surroundings of their own: environment, streams, clock and sessions.
///
/// What only a process, a terminal or a disk can show has another sandbox, among the tests of the built program.
final class Sandbox: SessionHome, Sendable {
    /// What a run left behind.
    struct Run: Sendable, CustomStringConvertible {
        /// The exit code; nil if it would end as by a signal.
        let status: Int32?
        /// What it wrote.
        let output: String, errors: String

        var description: String {
            "status \(status.map(String.init) ?? "-"), output \(output.debugDescription), errors \(errors.debugDescription)"
        }
    }

    /// The home directory.
    let root: URL
    /// The clock of the runs; each begins a second after the one before.
    let clock = SettableClock()
    private let store: (any SessionStore)?

    /// Makes a home.
    ///
    /// - Parameter store: what keeps the sessions; nil for the directory in the home.
    init(store: (any SessionStore)? = nil) throws {
        self.store = store
        // A disk in memory, where there is one: what is shown here depends on no disk.
        let memory = URL(filePath: "/dev/shm")
        let parent =
            FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
        root = parent.appending(path: "sesh-test-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Runs a command line.
    ///
    /// - Parameters:
    ///   - arguments: the words.
    ///   - input: what is found on standard input.
    ///   - environment: variables beside the usual ones; an empty value removes one.
    @discardableResult
    func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) async throws -> Run {
        try await run(arguments, input: Data(input.utf8), environment: environment)
    }

    /// Runs a command line.
    @discardableResult
    func run(_ arguments: [String], input: Data = Data(), environment: [String: String] = [:]) async throws -> Run {
        let directory = root.appending(path: "run-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let places = ["in", "out", "err"].map { directory.appending(path: $0) }
        for (place, data) in zip(places, [input, Data(), Data()]) { try data.write(to: place) }
        let streams = try [
            FileHandle(forReadingFrom: places[0]), FileHandle(forWritingTo: places[1]),
            FileHandle(forWritingTo: places[2]),
        ]
        clock.advance(by: 1)
        let end = await SeshProgram.run(
            CommandWords(arguments),
            in: Surroundings(
                environment: self.environment(environment), input: streams[0].fileDescriptor,
                output: streams[1].fileDescriptor, messages: streams[2].fileDescriptor, now: clock.now, store: store))
        for stream in streams { try stream.close() }
        func text(_ place: URL) throws -> String { String(decoding: try Data(contentsOf: place), as: UTF8.self) }
        let status: Int32? = if case .exit(let code) = end { code } else { nil }
        let run = Run(status: status, output: try text(places[1]), errors: try text(places[2]))
        #expect(!(run.output + run.errors).contains(Canary.key), "\(run)")
        return run
    }

    private func environment(_ more: [String: String]) -> [String: String] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        var environment = ["HOME": root.path, "PATH": path, "LANG": "C.UTF-8", "SESH_MODEL": "echo"]
        for variable in Canary.variables { environment[variable] = Canary.key }
        return environment.merging(more) { $1 }.filter { !$0.value.isEmpty }
    }
}
