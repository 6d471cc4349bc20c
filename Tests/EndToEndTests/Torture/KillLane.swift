import Foundation
import SeshTestSupport

/// Runs commands one after another in sessions of its own, kills each at a random moment, and looks at what is left.
struct KillLane {
    /// What a number of kills has shown.
    struct Tally: Sendable {
        var kills = 0
        /// How many commands came to their end first.
        var completed = 0
        /// How many changes were acknowledged.
        var acknowledged = 0
        /// How often a prompt was left without its answer, or a change was done and not yet acknowledged.
        var midway = 0
        /// What was not as promised.
        var failures: [String] = []
    }

    private let names: [String]
    private let directory: String
    private let scratch: String
    private let environment: [String: String]
    private let binary: String
    private var random = SystemRandomNumberGenerator()
    private var sessions: [String: StoredState] = [:]
    private var prompts = 0
    /// How long a command of a kind may run before it is killed, in microseconds: kept such that one in seven ends first,
    /// whatever the machine's speed, so that kills fall evenly over a run and its end.
    private var longest: [String: Double] = [:]
    private(set) var tally = Tally()

    /// Prepares a lane.
    ///
    /// - Parameters:
    ///   - name: how its sessions' names begin; several lanes may share a directory of sessions.
    ///   - directory: the sessions directory.
    ///   - scratch: a directory for input and output.
    ///   - environment: the program's variables.
    init(name: String, directory: String, scratch: String, environment: [String: String], binary: String) {
        names = ["a", "b", "c", "d"].map { "\(name)-\($0)" }
        self.directory = directory
        self.scratch = scratch + "/" + name
        self.environment = environment.merging(["SESH_DIR": directory]) { $1 }
        self.binary = binary
    }

    /// Kills so many commands; ends early at the first promise that is broken.
    mutating func run(kills: Int) throws {
        while tally.kills < kills, tally.failures.isEmpty { try runOne(nextCommand()) }
    }

    private mutating func nextCommand() -> KilledCommand {
        guard let id = names.randomElement(using: &random) else { preconditionFailure("a lane has sessions") }
        let free = names.filter { sessions[$0] == nil }.randomElement(using: &random)
        let choice = sessions[id] == nil ? 0 : Int.random(in: 0..<20, using: &random)
        switch (choice, free) {
        case (10, _), (11, _): return .reset(id)
        case (12, _): return .delete(id)
        case (13, _), (14, _): return .undo(id)
        case (15, _): return .redo(id)
        case (16, let free?), (17, let free?): return .rename(id, to: free)
        case (18, let free?): return .fork(id, as: free)
        default:
            prompts += 3
            return .chat(id, prompts: (prompts - 3..<prompts).map { "prompt \($0) of \(id)" })
        }
    }

    private mutating func runOne(_ command: KilledCommand) throws {
        try Data(command.input.utf8).write(to: URL(filePath: scratch + ".in"))
        let program = try SpawnedProgram(
            binary, command.arguments, environment: environment, input: scratch + ".in", output: scratch + ".out",
            errors: scratch + ".err")
        let longest = longest[command.name, default: 100_000]
        usleep(UInt32(Double.random(in: 0...longest, using: &random)))
        program.kill()
        let ending = program.wait()
        tally.kills += 1
        if case .exited = ending {
            tally.completed += 1
            self.longest[command.name] = longest * 0.93
        } else {
            self.longest[command.name] = longest * 1.012
        }
        let (output, errors) = (try text(scratch + ".out"), try text(scratch + ".err"))
        let acknowledged = command.acknowledged(output: output, errors: errors)
        tally.acknowledged += acknowledged
        do {
            let after = try storedSessions()
            let expected = command.outcomes(from: sessions, acknowledged: acknowledged, output: output)
            if !expected.contains(where: { matches(after, $0) }) {
                tally.failures.append(
                    "\(command) acknowledged \(acknowledged), wrote \(output.debugDescription) and "
                        + "\(errors.debugDescription); before: \(sessions); after: \(after)")
            }
            if acknowledged == 0, !matches(after, sessions) { tally.midway += 1 }
            sessions = after
        } catch let flaw as StoredState.Flaw {
            tally.failures.append("\(command): \(flaw)")
        }
    }

    private func matches(_ after: [String: StoredState], _ expected: [String: StoredState]) -> Bool {
        after.count == expected.count && after.allSatisfy { id, state in expected[id].map(state.matches) ?? false }
    }

    private func storedSessions() throws -> [String: StoredState] {
        var found: [String: StoredState] = [:]
        for id in names { found[id] = try StoredState(file: "\(directory)/\(id).json") }
        return found
    }

    private func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}
