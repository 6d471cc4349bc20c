import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("Many writers of one session")
    struct WritersTests {
        let sandbox: Sandbox
        let memory: MemoryDirectory

        init() throws {
            sandbox = try Sandbox()
            // Readers and writers that share a processor do not get to each other while it waits for a disk.
            memory = try MemoryDirectory()
        }

        /// How many turns each of the 64 writers has: 100, or what `SESH_WRITERS_TURNS` says.
        static let turns = ProcessInfo.processInfo.environment["SESH_WRITERS_TURNS"].flatMap { Int($0) } ?? 100

        @Test("64 processes in one session: each turn is there once, and every fork is how the session began")
        func growing() async throws {
            let (writers, meddler) = try await run(.onlyForks, writers: 64, turns: max(1, Self.turns / 10))
            let document = try #require(try StoredState(file: file("shared")))
            let prompts = writers.turns.map(\.prompt)
            #expect(document.prompts.count == prompts.count && Set(document.prompts) == Set(prompts))
            #expect(document.revision == 1 + 2 * prompts.count && document.pending.isEmpty)
            #expect(writers.notSaved.isEmpty && document.prompts.starts(with: meddler.lastFork))
            let lost = Set(prompts).subtracting(document.prompts).count
            PromiseCounts("many writers: each turn is there once").add(prompts.count, failures: lost)
        }

        @Test("64 processes in one session that is reset again and again: no write is lost, nothing comes back")
        func resetting() async throws {
            let (writers, meddler) = try await run(.reset, writers: 64, turns: Self.turns)
            let document = try #require(try StoredState(file: file("shared")))
            #expect(!meddler.removals.isEmpty && !writers.notSaved.isEmpty, "no reset met a live turn")
            try expectRemoved([document], writers, meddler)
            // Every write counts, those too that a reset wiped out: the making, two of each turn, one of each turn that
            // was begun and refused, one of each reset. One that had been overwritten would be missing here.
            let writes = 1 + 2 * writers.turns.count + writers.notSaved.count + meddler.removals.count
            #expect(writers.creations == 1 && document.revision == writes)
            PromiseCounts("many writers: no write is lost").add(writes, failures: abs(document.revision - writes))
        }

        @Test(
            "Processes in one session that is deleted again and again: nothing is lost that came after, nothing comes back"
        )
        func deleting() async throws {
            let (writers, meddler) = try await run(.delete, writers: 16, turns: max(1, Self.turns / 2))
            #expect(!meddler.removals.isEmpty && !writers.notSaved.isEmpty, "no delete met a live turn")
            let document = try #require(try StoredState(file: file("shared")))
            try expectRemoved([document], writers, meddler)
        }

        @Test("Processes in one session that is renamed again and again: each turn is once in one of them")
        func renaming() async throws {
            let (writers, meddler) = try await run(
                .rename, writers: 4, turns: max(1, Self.turns / 2), promptsPerProcess: 1)
            #expect(!meddler.names.isEmpty, "no rename found a moment without a live turn")
            let documents = try (["shared"] + meddler.names).compactMap { try StoredState(file: file($0)) }
            let found = documents.flatMap(\.prompts)
            let prompts = writers.turns.map(\.prompt)
            #expect(found.count == prompts.count && Set(found) == Set(prompts) && writers.notSaved.isEmpty)
            #expect(documents.flatMap(\.pending).isEmpty)
            PromiseCounts("a rename among writers: each turn is there once").add(
                prompts.count, failures: Set(prompts).subtracting(found).count)
        }

        private func file(_ id: String) -> String { "\(memory.path)/sessions/\(id).json" }

        /// Runs the writers with somebody who meddles and somebody who reads.
        ///
        /// The session is left to grow to 600 messages, or to a quarter of all.
        private func run(
            _ habit: SessionMeddler.Habit, writers: Int, turns: Int, promptsPerProcess: Int = .max
        ) async throws -> (SessionWriter.Outcome, SessionMeddler.Outcome) {
            let directory = memory.path + "/sessions"
            let environment = sandbox.environment(["SESH_DIR": directory])
            let reader = PollingReader(path: file("shared"))
            let meddler = SessionMeddler(
                habit, session: "shared", size: min(600, writers * turns / 2), reader: reader, directory: directory,
                scratch: memory.path,
                environment: environment)
            let scratch = memory.path
            async let reading: Void = onOwnThread { try reader.run() }
            async let meddling = onOwnThread { try meddler.run() }
            let outcome = try await withThrowingTaskGroup(of: SessionWriter.Outcome.self) { group in
                for number in 0..<writers {
                    let writer = SessionWriter(
                        name: "writer\(number)", session: "shared", turns: turns,
                        promptsPerProcess: promptsPerProcess, scratch: scratch, environment: environment)
                    group.addTask { try await onOwnThread { try writer.run() } }
                }
                return try await group.reduce(into: SessionWriter.Outcome()) { all, one in
                    all.turns += one.turns
                    all.notSaved += one.notSaved
                    all.creations += one.creations
                    all.failures += one.failures
                }
            }
            meddler.end()
            reader.end()
            let meddled = try await meddling
            try await reading
            expectKept(outcome, meddled, reader.tally, turns: writers * turns)
            return (outcome, meddled)
        }

        private func expectKept(
            _ writers: SessionWriter.Outcome, _ meddler: SessionMeddler.Outcome, _ reader: PollingReader.Tally,
            turns: Int
        ) {
            #expect(writers.failures.isEmpty && writers.turns.count == turns, "\(writers.failures)")
            #expect(meddler.failures.isEmpty && meddler.forks > 0, "\(meddler.failures)")
            #expect(reader.torn.isEmpty && reader.parsed > 0, "\(reader)")
            PromiseCounts("a reader without a lock sees a whole document").add(
                reader.reads, failures: reader.torn.count)
            PromiseCounts("a fork among writers is whole").add(meddler.forks, failures: meddler.failures.count)
        }

        /// What came before a reset or delete is gone, what came after it is there, and what was refused is nowhere.
        private func expectRemoved(
            _ documents: [StoredState], _ writers: SessionWriter.Outcome, _ meddler: SessionMeddler.Outcome
        ) throws {
            let found = Set(documents.flatMap(\.prompts) + documents.flatMap(\.pending))
            // Times are kept in milliseconds.
            let margin = 0.002
            let lost = writers.turns.filter { turn in
                !found.contains(turn.prompt)
                    && meddler.removals.allSatisfy { $0.upperBound < turn.begun - margin }
            }
            let back = writers.turns.filter { turn in
                found.contains(turn.prompt)
                    && meddler.removals.contains { $0.lowerBound > turn.finished + margin }
            }
            let refused = writers.notSaved.filter(found.contains)
            #expect(lost.isEmpty, "turns after the last removal are lost")
            #expect(back.isEmpty && refused.isEmpty, "turns came back that had been removed")
            PromiseCounts("a reset or delete among writers: what came after stays, what came before goes").add(
                writers.turns.count + writers.notSaved.count,
                failures: lost.count + back.count + refused.count)
        }
    }
}
