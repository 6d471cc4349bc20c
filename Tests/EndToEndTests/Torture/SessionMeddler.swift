import Foundation
import SeshTestSupport
import Synchronization

/// Forks a session that others write to, and resets, deletes or renames it again and again.
final class SessionMeddler: Sendable {
    /// What it does to the session itself.
    enum Habit: String, Sendable {
        case onlyForks, reset, delete, rename
    }

    /// What it has done.
    struct Outcome: Sendable {
        /// From before to after each reset or delete.
        var removals: [ClosedRange<Date>] = []
        /// The names that the session was given.
        var names: [String] = []
        /// How often a rename was refused because a turn was live.
        var refusals = 0
        var forks = 0
        /// The prompts of the last fork, of which every one before it was a beginning if nothing was removed.
        var lastFork: [String] = []
        /// What should not have happened.
        var failures: [String] = []
    }

    private let habit: Habit
    private let session: String
    /// A session is left to grow to so many messages before it is reset or deleted.
    private let size: Int
    private let reader: PollingReader
    private let directory: String
    private let scratch: String
    private let environment: [String: String]
    private let isEnding = Mutex(false)

    init(
        _ habit: Habit, session: String, size: Int, reader: PollingReader, directory: String, scratch: String,
        environment: [String: String]
    ) {
        self.habit = habit
        self.session = session
        self.size = size
        self.reader = reader
        self.directory = directory
        self.scratch = scratch
        self.environment = environment
    }

    /// Lets `run()` return.
    func end() { isEnding.withLock { $0 = true } }

    /// Meddles until it is ended; blocks.
    func run() throws -> Outcome {
        var outcome = Outcome()
        while !isEnding.withLock({ $0 }), outcome.failures.isEmpty {
            try fork(&outcome)
            switch habit {
            case .onlyForks: break
            case .reset, .delete: if reader.tally.messageCount >= size { try remove(&outcome) }
            case .rename: try rename(&outcome)
            }
            // The writers are what this is about.
            usleep(50_000)
        }
        return outcome
    }

    /// Copies the session, gives the copy another name, looks at it and removes it.
    private func fork(_ outcome: inout Outcome) throws {
        let names = ["fork-\(outcome.forks)", "copy-\(outcome.forks)"]
        let code = try sesh("fork", session, names[0])
        guard code == 0 else {
            if code != 66 { outcome.failures.append("fork: \(code)") }
            return
        }
        outcome.forks += 1
        guard try sesh("rename", names[0], names[1]) == 0 else { return outcome.failures.append("rename of a fork") }
        do {
            guard let copy = try StoredState(file: "\(directory)/\(names[1]).json"), copy.pending.isEmpty else {
                return outcome.failures.append("fork \(names[0]) is not there, or has pending prompts")
            }
            if habit == .onlyForks, !copy.prompts.starts(with: outcome.lastFork) {
                outcome.failures.append("\(outcome.lastFork) is not how \(copy.prompts) begins")
            }
            outcome.lastFork = copy.prompts
        } catch let flaw as StoredState.Flaw {
            outcome.failures.append("\(flaw)")
        }
        if try sesh("delete", names[1]) != 0 { outcome.failures.append("delete of a fork") }
    }

    private func remove(_ outcome: inout Outcome) throws {
        let start = Date()
        let code = try sesh(habit.rawValue, session)
        switch code {
        case 0: outcome.removals.append(start...Date())
        case 66: break
        default: outcome.failures.append("\(habit): \(code)")
        }
    }

    private func rename(_ outcome: inout Outcome) throws {
        let name = "\(session)-\(outcome.names.count)"
        switch try sesh("rename", session, name) {
        case 0: outcome.names.append(name)
        case 66: break
        case 75: outcome.refusals += 1
        case let code: outcome.failures.append("rename: \(code)")
        }
    }

    private func sesh(_ arguments: String...) throws -> Int32 {
        let program = try SpawnedProgram(
            Sandbox.binary, arguments, environment: environment, errors: scratch + "/meddler.err")
        if case .exited(let code) = program.wait() { return code }
        return -1
    }
}
