import Foundation
import SeshTestSupport
import Synchronization

/// Changes sessions one after another and keeps account of every state that each has been through, so that what is found
/// on a disk whose power was cut can be told to be one of them, and none from before what was acknowledged.
final class DiskWorkload: Sendable {
    /// The states of a session, in order; nil is a session that is not there.
    typealias History = [StoredState?]

    /// How far each session's states were begun or acknowledged: the number of its last such state.
    typealias Progress = [String: Int]

    private struct State {
        var histories: [String: History]
        /// The last state of each session that was acknowledged when the last command ended.
        var acknowledged: Progress
        /// The command that runs: its session, the file of its standard output, and its states by its line breaks.
        var running: (session: String, output: String, states: [Int])?
        var isEnding = false
        var failures: [String] = []
    }

    /// The sessions.
    static let names = ["a", "b", "c"]

    private let environment: [String: String]
    private let scratch: String
    private let state: Mutex<State>

    /// Prepares the work; the sessions are not there yet.
    ///
    /// - Parameters:
    ///   - environment: the program's variables; they lead to the disk.
    ///   - scratch: a directory for input and output, on another disk.
    init(environment: [String: String], scratch: String) {
        self.environment = environment
        self.scratch = scratch
        let none = Self.names.map { ($0, 0) }
        state = Mutex(
            State(
                histories: Dictionary(uniqueKeysWithValues: Self.names.map { ($0, [nil]) }),
                acknowledged: Dictionary(uniqueKeysWithValues: none)))
    }

    /// Lets `run()` return.
    func end() { state.withLock { $0.isEnding = true } }

    /// What went wrong in the work itself.
    var failures: [String] { state.withLock { $0.failures } }

    /// The states of a session so far.
    func history(of session: String) -> History { state.withLock { $0.histories[session, default: [nil]] } }

    /// The last state of each session that has been acknowledged by now: nothing before it may be found later.
    func acknowledged() -> Progress {
        state.withLock { state in
            guard let running = state.running else { return state.acknowledged }
            let output = FileManager.default.contents(atPath: running.output) ?? Data()
            let lines = output.count { $0 == UInt8(ascii: "\n") }
            guard lines > 0 else { return state.acknowledged }
            return state.acknowledged.merging([running.session: running.states[lines - 1]]) { $1 }
        }
    }

    /// The last state of each session that has been begun by now: nothing after it can have been found before.
    func begun() -> Progress { state.withLock { $0.histories.mapValues { $0.count - 1 } } }

    /// Works until it is ended; blocks.
    func run() throws {
        var round = 0
        var random = SystemRandomNumberGenerator()
        while !state.withLock({ $0.isEnding || !$0.failures.isEmpty }) {
            round += 1
            let session = Self.names[Int.random(in: 0..<Self.names.count, using: &random)]
            let isThere = history(of: session).last.flatMap { $0 } != nil
            switch isThere ? Int.random(in: 0..<6, using: &random) : 0 {
            case 4: try run(.reset(session), round, leading: [StoredState()])
            case 5: try run(.delete(session), round, leading: [nil])
            default: try chat(session, round)
            }
        }
    }

    /// Runs three turns.
    private func chat(_ session: String, _ round: Int) throws {
        let prompts = (1...3).map { "round \(round) prompt \($0)" }
        var states: History = []
        var current = history(of: session).last.flatMap { $0 }
        // The new session, then for each turn the prompt, then both.
        if current == nil {
            current = StoredState()
            states.append(current)
        }
        for prompt in prompts {
            current?.pending = [prompt]
            states.append(current)
            current?.pending = []
            for role in ["user", "assistant"] {
                current?.messages.append(.init(turn: "", role: role, content: prompt))
            }
            states.append(current)
        }
        try run(.chat(session, prompts: prompts), round, leading: states)
    }

    private func run(_ command: KilledCommand, _ round: Int, leading states: History) throws {
        let session = command.arguments.first { Self.names.contains($0) } ?? ""
        let files = ["in", "out", "err"].map { "\(scratch)/\(round).\($0)" }
        try Data(command.input.utf8).write(to: URL(filePath: files[0]))
        state.withLock { state in
            state.histories[session, default: [nil]] += states
            let last = state.histories[session, default: [nil]].count - 1
            // Each turn is two states, and the last of all is the last of the last turn.
            let turns = states.count / 2
            state.running =
                command.input.isEmpty ? nil : (session, files[1], (1...turns).map { last - 2 * (turns - $0) })
        }
        let program = try SpawnedProgram(
            Sandbox.binary, command.arguments, environment: environment, input: files[0], output: files[1],
            errors: files[2])
        let ending = program.wait()
        state.withLock { state in
            state.running = nil
            state.acknowledged[session] = state.histories[session, default: [nil]].count - 1
            if ending != .exited(0) { state.failures.append("\(command): \(ending)") }
        }
        for file in files { try FileManager.default.removeItem(atPath: file) }
    }
}
