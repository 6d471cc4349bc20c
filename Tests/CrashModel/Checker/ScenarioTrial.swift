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
            ["drive", root + scenario.sessionsPath, scenario.rawValue], root: root, log: directory + "/driven.log",
            fault: scenario.fault)
        let points = try [CrashPoint()] + CrashPoint().following(calls)
        var explorer = Explorer(sessionsPath: scenario.sessionsPath, grain: .everyByte)
        for point in points { explorer.explore(point) }
        report.take("power cut", explorer, calls: calls.count)
        await open(explorer.samples, into: &report)
        for mutant in Mutant.allCases { try judge(mutant, [(CrashPoint(), calls)], into: &report) }
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

    /// Makes sure that a faulty store is found out in some run.
    private func judge(
        _ mutant: Mutant, _ runs: [(start: CrashPoint, calls: [Call])], into report: inout ScenarioReport
    ) throws {
        var explorer = Explorer(sessionsPath: scenario.sessionsPath, grain: .coarse)
        var hasChanged = false
        for run in runs where explorer.failure == nil {
            guard let changed = mutant.changing(run.calls, sessionsPath: scenario.sessionsPath) else { continue }
            hasChanged = true
            for point in try run.start.following(changed) where explorer.failure == nil { explorer.explore(point) }
        }
        if hasChanged { report.take(mutant, isCaught: explorer.failure != nil) }
    }

    /// Kills the process at each point, lets another one recover, and cuts the power at each point of that.
    private func kill(at points: [CrashPoint], then recovery: Recovery, into report: inout ScenarioReport) throws {
        let runs = try recover(points, recovery)
        var explorer = Explorer(sessionsPath: scenario.sessionsPath, grain: .coarse)
        for run in runs {
            for point in try run.start.following(run.calls) { explorer.explore(point) }
        }
        report.take(
            "kill, then \(recovery.rawValue), then power cut", explorer,
            calls: runs.reduce(0) { $0 + $1.calls.count }, kills: points.count)
        guard recovery == .turns else { return }
        for mutant in Mutant.allCases { try judge(mutant, runs.map { ($0.start, $0.calls) }, into: &report) }
    }

    /// Lets the real store recover from each point.
    private func recover(_ points: [CrashPoint], _ recovery: Recovery) throws -> [RecoveryRun] {
        let root = "\(directory)/\(recovery.rawValue)"
        var judge = Judge(sessionsPath: scenario.sessionsPath)
        var plan = RecoveryPlan(recovery: recovery, sessionsPath: scenario.sessionsPath, parts: [])
        for (number, point) in points.enumerated() {
            let left = State.current(at: point, judge)
            let world = try judge.world(of: left.files)
            try StoreTrial.write(left.sample(world), to: "\(root)/\(number)")
            plan.parts.append(RecoveryPlan.Part(number: number, world: world, allowed: point.worlds))
        }
        try JSONEncoder().encode(plan).write(to: URL(filePath: root + ".json"))
        let calls = try driver.run(["recover", root, root + ".json"], root: root, log: root + ".log")
        try FileManager.default.removeItem(atPath: root)
        return RecoveryRun.split(calls, at: points)
    }
}
