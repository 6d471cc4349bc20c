import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Killed at any moment")
    struct KillLoopTests {
        let sandbox: Sandbox

        init() throws { sandbox = try Sandbox() }

        /// How many commands are killed: 2,000, or what `SESH_KILLS` says.
        static let kills = ProcessInfo.processInfo.environment["SESH_KILLS"].flatMap { Int($0) } ?? 2000

        @Test(
            "kill -9 during turns, resets, deletes, undo, redo, renames and forks: done or not done, and done if acknowledged"
        )
        func kills() async throws {
            // On a disk most kills meet a sync, in memory they meet everything else: one lane each.
            let memory = try MemoryDirectory()
            let places = [sandbox.sessions.path, memory.path + "/sessions"]
            let (environment, scratch) = (sandbox.environment(), sandbox.root.path)
            let tallies = try await withThrowingTaskGroup(of: KillLane.Tally.self) { group in
                for (number, place) in places.enumerated() {
                    group.addTask {
                        try await onOwnThread {
                            var lane = KillLane(
                                name: "lane\(number)", directory: place, scratch: scratch, environment: environment,
                                binary: Sandbox.binary)
                            try lane.run(kills: Self.kills / places.count)
                            return lane.tally
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let counts = PromiseCounts("kill -9: a change is whole or not at all, and there once acknowledged")
            for tally in tallies {
                counts.add(tally.kills, failures: tally.failures.count)
                #expect(tally.failures.isEmpty, "\(tally.failures)")
                #expect(tally.completed > 0 && tally.acknowledged > 0 && tally.midway > 0, "\(tally)")
            }
            try Canary.expectSilence(below: sandbox.root)
            for place in places { try await expectTidy(place) }
        }

        /// Every session goes on, and what the killed left behind goes with the next session that is made.
        private func expectTidy(_ directory: String) async throws {
            let environment = ["SESH_DIR": directory]
            let files = FileManager.default
            for name in try files.contentsOfDirectory(atPath: directory) where name.hasSuffix(".json") {
                let run = try await sandbox.run("chat", "-s", String(name.dropLast(5)), "x", environment: environment)
                #expect(run.status == 0, "\(run)")
            }
            let run = try await sandbox.run("chat", "-s", "one-more", "x", environment: environment)
            #expect(run.status == 0, "\(run)")
            let left = try files.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".tmp") }
            let claims = try files.contentsOfDirectory(atPath: directory + "/.locks").filter { $0.hasSuffix(".live") }
            #expect(left.isEmpty && claims.isEmpty)
        }
    }
}
