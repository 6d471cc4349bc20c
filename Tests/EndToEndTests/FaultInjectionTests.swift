import Foundation
import SeshTestSupport
import Synchronization
import Testing

extension EndToEnd {
    /// Every file call of every command fails, each with every error that it can have: once, and from then on.
    ///
    /// `SESH_TORTURE=1` tries all combinations; otherwise each call is tried with a few.
    @Suite("Whatever file call fails")
    struct FaultInjectionTests {
        let sandbox: Sandbox
        private let counts = PromiseCounts("fault injection")
        private static let isExhaustive = ProcessInfo.processInfo.environment["SESH_TORTURE"] == "1"

        init() throws { sandbox = try Sandbox() }

        @Test(
            "no crash, nothing acknowledged that is not there, the right exit code, the old document or the new one",
            arguments: FaultScenario.all)
        func faults(scenario: FaultScenario) async throws {
            guard let interposer = try Interposer(in: sandbox.root.path) else {
                return print("NOT TESTED: file calls that fail, since there is no C compiler or no LD_PRELOAD")
            }
            let before = try await sessionsBefore(scenario)
            let root = try sandbox.directoryInMemory()
            defer { try? FileManager.default.removeItem(at: root) }
            let importable = sandbox.root.appending(path: "import.json")
            try Data(#"[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}]"#.utf8).write(to: importable)
            let trials = try (0..<2).map { number in
                let place = root.appending(path: "\(number)")
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                return FaultTrial(
                    scenario: scenario, interposer: interposer, before: before, environment: sandbox.environment(),
                    root: place, importable: importable)
            }
            let report = try await FaultReport(of: trials, isExhaustive: Self.isExhaustive)
            counts.add(report.tried, failures: report.flaws.count)
            let some = report.flaws.prefix(10).joined(separator: "\n")
            #expect(report.flaws.isEmpty, "\(report.flaws.count) of \(report.tried):\n\(some)")
            #expect(report.tried > 20)
            try await expectReadable(report.documents)
        }

        /// Makes the sessions that a scenario begins with.
        private func sessionsBefore(_ scenario: FaultScenario) async throws -> SessionsSnapshot {
            guard scenario.hasSessions else { return .nothing }
            let prompts = "One\nTwo\nThree\nFour\nFive"
            var runs = [try await sandbox.run("chat", "-s", "a", "--lines", input: prompts)]
            runs.append(try await sandbox.run("undo", "a", "-n", "2"))
            runs.append(try await sandbox.run("chat", "-s", "b", "Other"))
            for run in runs { try #require(run.status == 0, "\(run)") }
            // Nobody answers, so the prompt stays.
            let lost = try await sandbox.run(
                "chat", "-s", "a", "-m", "openai:x", "Lost",
                environment: ["OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "OPENAI_API_KEY": "unused"])
            try #require(lost.status == 69, "\(lost)")
            return try SessionsSnapshot(of: sandbox.sessions)
        }

        /// jq reads every document that a run left.
        private func expectReadable(_ documents: [Data]) async throws {
            let file = sandbox.root.appending(path: "documents")
            try Data(documents.joined(separator: Data("\n".utf8))).write(to: file)
            let script = "command -v jq > /dev/null || exit 99; jq -n 'reduce inputs as $x (0; . + 1)' \"$1\""
            let run = try await sandbox.start(["-c", script, "sh", file.path], program: "/bin/sh").finish()
            if run.status == 99 { return print("NOT TESTED: jq is not installed") }
            #expect(run.output == "\(documents.count)\n", "\(run)")
        }
    }
}
