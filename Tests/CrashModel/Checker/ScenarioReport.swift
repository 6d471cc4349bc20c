/// What came of a scenario.
struct ScenarioReport: Sendable {
    /// The scenario.
    let scenario: Scenario
    /// How much was tried.
    private(set) var tally = Tally()
    /// Those that nobody noticed.
    private(set) var missed: [Mutant] = []
    /// The smallest failure of each way to fail.
    private(set) var failures: [(way: String, failure: Failure)] = []

    /// Begins a report.
    init(scenario: Scenario) { self.scenario = scenario }

    /// Takes in what an explorer found.
    mutating func take(_ way: String, _ explorer: Explorer, calls: Int, kills: Int = 0) {
        tally += explorer.tally
        tally.calls += calls
        tally.kills += kills
        if let failure = explorer.failure { failures.append((way, failure)) }
    }

    /// Takes in how the real store liked a state.
    mutating func takeOpened(_ way: String, _ sample: Sample, problem: String?) {
        tally.opened += 1
        guard let problem else { return }
        tally.failures += 1
        guard !failures.contains(where: { $0.way == way }) else { return }
        let failure = Failure(
            problem: "the store: \(problem)", moment: sample.moment,
            files: sample.directories.map { $0 + "/" } + sample.files.map { "\($0.path), \($0.bytes.count) bytes" },
            size: 0)
        failures.append((way, failure))
    }

    /// Takes in whether a mutant was noticed.
    mutating func take(_ mutant: Mutant, isCaught: Bool) {
        tally.mutants += 1
        if isCaught { tally.caught += 1 } else { missed.append(mutant) }
    }

    /// Whether all is well.
    var isWell: Bool { tally.failures == 0 && missed.isEmpty }

    /// What went wrong, for people.
    var complaints: [String] {
        failures.map { "\(scenario), \($0.way): \($0.failure.description)" }
            + missed.map { "\(scenario): nobody noticed the fault '\($0)'" }
    }
}
