import Foundation
import SeshTestSupport

/// The runs of one scenario, each in the same place after the other.
struct FaultTrial: Sendable {
    let scenario: FaultScenario
    let interposer: Interposer
    /// What the sessions directory holds before each run.
    let before: SessionsSnapshot
    /// The environment of the runs.
    let environment: [String: String]
    /// A place of this trial's own.
    let root: URL
    /// A file that can be imported.
    let importable: URL

    private var disk: URL { root.appending(path: "disk") }
    private var sessions: URL { disk.appending(path: "deep/sessions") }
    private var log: URL { root.appending(path: "calls.log") }

    /// What a run did.
    struct Outcome {
        let run: BlockingRun
        let after: SessionsSnapshot
        let log: CallLog
    }

    /// Puts everything back and runs the command.
    ///
    /// - Parameters:
    ///   - fault: what fails.
    ///   - kill: the change before which the program is killed.
    func run(fault: Fault? = nil, kill: Int? = nil) throws -> Outcome {
        try before.restore(to: sessions)
        let faults = [scenario.always, fault?.setting].compactMap(\.self).joined(separator: ";")
        return try run(faults: faults.isEmpty ? nil : faults, kill: kill)
    }

    /// Runs the command with what a run left, and nothing fails.
    func runAgain() throws -> Outcome { try run(faults: nil, kill: nil) }

    private func run(faults: String?, kill: Int?) throws -> Outcome {
        try? FileManager.default.removeItem(at: log)
        try FileManager.default.createDirectory(at: disk, withIntermediateDirectories: true)
        let input = root.appending(path: "in")
        try Data((scenario.input ?? "").utf8).write(to: input)
        let watched = interposer.environment(root: disk.path, log: log.path, fault: faults, kill: kill)
        let run = try BlockingRun(
            scenario.arguments.map { $0 == "IMPORT" ? importable.path : $0 }, input: input.path,
            environment: environment.merging(watched) { $1 }.merging(["SESH_DIR": sessions.path]) { $1 }, in: root)
        return try Outcome(run: run, after: SessionsSnapshot(of: sessions), log: CallLog(log))
    }

    /// What the sessions can be found to hold, in order: what a run leaves that ends before each of its changes.
    func stages() throws -> [[String: SessionContent]] {
        var stages = [try before.contents()]
        var kill = 1
        while true {
            let outcome = try run(kill: kill)
            let contents = try outcome.after.contents()
            if stages.last != contents { stages.append(contents) }
            if outcome.run.status != nil { return stages }
            kill += 1
        }
    }
}
