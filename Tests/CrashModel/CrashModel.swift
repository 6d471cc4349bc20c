import Foundation
import SeshTestSupport

/// Proves that no crash loses what was acknowledged: the store's system calls, recorded and replayed to every state that
/// a power cut may leave.
///
/// - `CrashModel [SCENARIO ...]` checks scenarios, all of them without a name.
/// - `CrashModel drive PATH SCENARIO` and `CrashModel recover ROOT PLAN` are what it starts itself.
@main
enum CrashModel {
    static func main() async {
        do {
            let arguments = CommandLine.arguments.dropFirst()
            switch (arguments.first, arguments.count) {
            case ("drive", 3): try await drive(CommandLine.arguments[2], CommandLine.arguments[3])
            case ("recover", 3): try await recover(CommandLine.arguments[2], CommandLine.arguments[3])
            default: exit(try await check(arguments.map(scenario)) ? 0 : 1)
            }
        } catch {
            fail("\(error)")
        }
    }

    private static func drive(_ path: String, _ name: String) async throws {
        var driver = Driver(path)
        try await scenario(name).run(&driver)
    }

    private static func recover(_ root: String, _ path: String) async throws {
        let plan = try JSONDecoder().decode(RecoveryPlan.self, from: Data(contentsOf: URL(filePath: path)))
        try await plan.run(below: root)
    }

    private static func scenario(_ name: String) throws -> Scenario {
        guard let scenario = Scenario(rawValue: name) else {
            let names = Scenario.allCases.map(\.rawValue).joined(separator: ", ")
            throw CrashModelError("There is no scenario '\(name)'; there are \(names).")
        }
        return scenario
    }

    /// Checks scenarios and prints a table.
    ///
    /// - Returns: whether all is well.
    private static func check(_ named: [Scenario]) async throws -> Bool {
        let directory = try scratchDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        guard let interposer = try Interposer(in: directory) else {
            throw CrashModelError("The interposer can't be built: it takes Linux and a C compiler.")
        }
        let scenarios = named.isEmpty ? Scenario.allCases : named
        let reports = try await withThrowingTaskGroup(of: ScenarioReport.self) { group in
            for scenario in scenarios {
                let trial = ScenarioTrial(
                    scenario: scenario, directory: "\(directory)/\(scenario)",
                    driver: DriverProcess(interposer: interposer))
                group.addTask { try await trial.run() }
            }
            return try await group.reduce(into: [Scenario: ScenarioReport]()) { $0[$1.scenario] = $1 }
        }
        let table = ReportTable(reports: scenarios.compactMap { reports[$0] })
        print(table.text)
        let counts = PromiseCounts("no crash loses what was acknowledged (states)")
        counts.add(table.total.states, failures: table.total.failures)
        return table.reports.allSatisfy(\.isWell)
    }

    /// A directory in memory where there is one: what is tried there is the order of calls, not the disk.
    private static func scratchDirectory() throws -> String {
        let memory = "/dev/shm"
        let base = FileManager.default.isWritableFile(atPath: memory) ? memory : NSTemporaryDirectory()
        let path = "\(base)/sesh-crash-model-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        return URL(filePath: path).resolvingSymlinksInPath().path
    }

    private static func fail(_ message: String) -> Never {
        FileHandle.standardError.write(Data("CrashModel: \(message)\n".utf8))
        exit(1)
    }
}
