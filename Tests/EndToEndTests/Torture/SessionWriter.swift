import Foundation
import SeshTestSupport

/// Sends prompts to one session, process after process: one that fails is followed by one with what is left to say.
struct SessionWriter: Sendable {
    /// A turn that was acknowledged.
    struct Turn: Sendable {
        let prompt: String
        /// When its prompt was saved, by its identity (ULID: the first ten characters are milliseconds).
        let begun: Date
        /// When its answer was saved.
        let finished: Date
    }

    /// What became of its prompts.
    struct Outcome: Sendable {
        var turns: [Turn] = []
        /// Prompts that were saved, and whose answers were refused with NOT SAVED: a reset or delete came between.
        var notSaved: [String] = []
        /// How often it made the session.
        var creations = 0
        /// What should not have happened.
        var failures: [String] = []
    }

    let name: String
    let session: String
    /// How many turns it is to get acknowledged.
    let turns: Int
    /// How many prompts a process gets at most.
    let promptsPerProcess: Int
    let scratch: String
    let environment: [String: String]

    /// Runs to the end; blocks.
    func run() throws -> Outcome {
        var outcome = Outcome()
        var attempt = 0
        while outcome.turns.count < turns, outcome.failures.isEmpty {
            attempt += 1
            // A reset ends at most one attempt, and there are far fewer of them than turns.
            guard attempt <= 100 + 10 * turns else {
                outcome.failures.append("\(name) did not come to its end")
                break
            }
            // No prompt is ever sent twice, so that one that is there twice was doubled.
            let wanted = min(promptsPerProcess, turns - outcome.turns.count)
            try runProcess((0..<wanted).map { "\(name) \(attempt) \($0)" }, &outcome)
        }
        return outcome
    }

    private func runProcess(_ prompts: [String], _ outcome: inout Outcome) throws {
        let files = ["in", "out", "err"].map { "\(scratch)/\(name).\($0)" }
        try Data(prompts.map { $0 + "\n" }.joined().utf8).write(to: URL(filePath: files[0]))
        let program = try SpawnedProgram(
            Sandbox.binary, ["chat", "-s", session, "--lines", "--json"], environment: environment, input: files[0],
            output: files[1], errors: files[2])
        let ending = program.wait()
        let errors = String(decoding: try Data(contentsOf: URL(filePath: files[2])), as: UTF8.self)
        let lines = try Data(contentsOf: URL(filePath: files[1])).split(separator: UInt8(ascii: "\n"))
        let turns = lines.compactMap(Self.turn)
        if errors.contains("New session") { outcome.creations += 1 }
        outcome.turns += turns
        // The turn that failed has a line as well, with its error.
        let refused = lines.count - turns.count
        guard turns.map(\.prompt) == prompts.prefix(turns.count).map(\.self), refused == (ending == .exited(0) ? 0 : 1)
        else {
            return outcome.failures.append("\(name) sent \(prompts) and was told \(turns), and \(refused) errors")
        }
        switch ending {
        case .exited(0) where turns.count == prompts.count: break
        case .exited(74) where errors.contains("NOT SAVED") && turns.count < prompts.count:
            outcome.notSaved.append(prompts[turns.count])
        // Deleted or renamed after it was opened: no prompt was saved.
        case .exited(66) where turns.count < prompts.count: break
        default: outcome.failures.append("\(name) ended with \(ending) after \(turns.count) turns: \(errors)")
        }
    }

    private static func turn(_ line: Data) -> Turn? {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let object = try? JSONSerialization.jsonObject(with: line) as? [String: Any],
            let identity = object["turn"] as? String, let message = object["message"] as? [String: Any],
            let content = message["content"] as? String, let createdAt = message["createdAt"] as? String,
            let finished = try? format.parse(createdAt)
        else { return nil }
        let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let milliseconds = identity.prefix(10).reduce(0) { $0 * 32 + (digits.firstIndex(of: $1) ?? 0) }
        return Turn(
            prompt: content, begun: Date(timeIntervalSince1970: Double(milliseconds) / 1000), finished: finished)
    }
}
