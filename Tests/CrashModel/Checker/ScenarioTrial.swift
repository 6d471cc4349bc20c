import Foundation

/// Tries one scenario: as it goes, as mutants would do it, and after a process was killed anywhere in it.
struct ScenarioTrial: Sendable {
    /// The scenario.
    let scenario: Scenario
    /// An empty directory of its own.
    let directory: String
    /// What runs drivers.
    let driver: DriverProcess

    /// Tries it.
    func run() async throws -> ScenarioReport {
        var report = ScenarioReport(scenario: scenario)
        let root = directory + "/driven"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let calls = try driver.run(
            ["drive", root + scenario.sessionsPath, scenario.rawValue], root: root, log: directory + "/driven.log")
        let points = try CrashPoint.all(calls)
        var explorer = Explorer(sessionsPath: scenario.sessionsPath, grain: .everyByte)
        for point in points { explorer.explore(point) }
        report.take("power cut", explorer, calls: calls.count)
        await open(explorer.samples, into: &report)
        for mutant in Mutant.allCases { try judge(mutant, calls, into: &report) }
        for recovery in Recovery.allCases { try kill(at: points, then: recovery, into: &report) }
        return report
    }

    /// Lets the real store open states; after a kill it does so in any case, when it recovers them.
    private func open(_ samples: [UInt64: Sample], into report: inout ScenarioReport) async {
        for (number, sample) in samples.values.enumerated() {
            let trial = StoreTrial(root: "\(directory)/opened-\(number)", sessionsPath: scenario.sessionsPath)
            report.takeOpened("opened after a power cut", sample, problem: await trial.run(sample))
        }
    }

    private func judge(_ mutant: Mutant, _ calls: [Call], into report: inout ScenarioReport) throws {
        guard let changed = mutant.changing(calls, sessionsPath: scenario.sessionsPath) else { return }
        var explorer = Explorer(sessionsPath: scenario.sessionsPath, grain: .coarse)
        var point = CrashPoint()
        for call in changed where explorer.failure == nil {
            if try point.pass(call) { explorer.explore(point) }
        }
        report.take(mutant, isCaught: explorer.failure != nil)
    }

    /// Kills the process at each point, lets another one recover, and cuts the power at each point of that.
    private func kill(
        at points: [CrashPoint], then recovery: Recovery, into report: inout ScenarioReport
    ) throws {
        let root = "\(directory)/\(recovery.rawValue)"
        var judge = Judge(sessionsPath: scenario.sessionsPath)
        var plan = RecoveryPlan(recovery: recovery, sessionsPath: scenario.sessionsPath, parts: [])
        for (number, point) in points.enumerated() {
            let left = State.current(at: point)
            let world = try judge.world(of: left.files)
            try StoreTrial.write(left.sample(world), to: "\(root)/\(number)")
            plan.parts.append(RecoveryPlan.Part(number: number, world: world, allowed: point.worlds))
        }
        try JSONEncoder().encode(plan).write(to: URL(filePath: root + ".json"))
        let calls = try driver.run(["recover", root, root + ".json"], root: root, log: root + ".log")
        var explorer = Explorer(sessionsPath: scenario.sessionsPath, grain: .coarse)
        var current: CrashPoint?
        for call in calls {
            if case .mark(let mark) = call, let part = mark.part, mark.change == Driver.start {
                current = points[part]
                current?.resume(below: "/\(part)")
            }
            if try current?.pass(call) ?? false, let point = current { explorer.explore(point) }
        }
        let way = "kill, then \(recovery.rawValue), then power cut"
        report.take(way, explorer, calls: calls.count, kills: points.count)
        try FileManager.default.removeItem(atPath: root)
    }
}
