import Foundation
import SeshTestSupport
import Testing

extension EndToEnd {
    @Suite("A clock that jumps ten years back and forth")
    struct ClockTests {
        private static let year = 31_536_000
        private static let counts = PromiseCounts("clock ten years back and forth: order and updatedAt stand")

        let sandbox: Sandbox
        /// Nil where no time of day can be put before the program.
        private let library: PreloadedLibrary?

        init() throws {
            sandbox = try Sandbox()
            library = try PreloadedLibrary("clock", in: sandbox.root.path)
        }

        /// Runs the program at another time of day.
        private func run(years: Int, _ arguments: [String], environment: [String: String] = [:]) async throws
            -> Sandbox.Run
        {
            let library = try #require(library)
            let shift = ["LD_PRELOAD": library.path, "CLOCK_SHIFT": String(years * Self.year)]
            let run = try await sandbox.start(arguments, environment: shift.merging(environment) { $1 }).finish()
            #expect(run.status == 0, "\(arguments): \(run)")
            return run
        }

        private func ids(_ run: Sandbox.Run) -> [String] {
            run.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
        }

        @Test(
            "leaves turns in the order in which they were made, each with a name of its own, and never dates use back")
        func turns() async throws {
            guard library != nil else { return print("SKIPPED: no library can be put before the program here.") }
            var said: [String] = []
            var last = ""
            var revision = 0
            for (number, years) in [0, 10, -10, 0, 10, -10, 20, -20, 0].enumerated() {
                _ = try await run(years: years, ["chat", "-s", "a", "prompt \(number)"])
                said += ["prompt \(number)", "prompt \(number)"]
                let document = try sandbox.document("a")
                let used = try #require(document["updatedAt"] as? String)
                let written = try #require(document["revision"] as? Int)
                #expect(Self.counts.add(used >= last && written > revision), "\(used) after \(last)")
                (last, revision) = (used, written)
                #expect(Self.counts.add(try sandbox.contents("a") == said))
            }
            #expect(last.hasPrefix(String(Calendar.current.component(.year, from: Date()) + 20).prefix(3)), "\(last)")
            #expect(try Set(sandbox.messages("a").compactMap { $0["turn"] as? String }).count == said.count / 2)
            let history = try await sandbox.run("history", "a")
            let prompts = history.output.split(separator: "\n").filter { $0.hasPrefix("prompt") }.map(String.init)
            #expect(prompts == said)
            // Taking back and restoring goes by the order of the turns, not by their times.
            _ = try await run(years: -10, ["undo", "-n", "9", "a"])
            _ = try await run(years: 10, ["redo", "-n", "9", "a"])
            #expect(try sandbox.contents("a") == said)
            #expect(try #require(try sandbox.document("a")["updatedAt"] as? String) >= last)
        }

        @Test("leaves the list in the order of last use, of which -c opens the first")
        func list() async throws {
            guard library != nil else { return print("SKIPPED: no library can be put before the program here.") }
            for (id, years) in [("now", 0), ("future", 10), ("past", -10), ("also-now", 0)] {
                _ = try await run(years: years, ["chat", "-s", id, "x"])
            }
            let order = ["future", "also-now", "now", "past"]
            #expect(Self.counts.add(try await ids(run(years: -10, ["list"])) == order))
            #expect(Self.counts.add(try await ids(run(years: 10, ["list"])) == order))
            _ = try await run(years: 0, ["chat", "-c", "again"])
            #expect(try sandbox.contents("future") == ["x", "x", "again", "again"])
            _ = try await run(years: 11, ["chat", "-s", "past", "again"])
            #expect(Self.counts.add(try await ids(sandbox.run("list")) == ["past"] + order.dropLast()))
        }

        @Test("makes no session old that is dated later than the clock, and one set wrong removes none after a chat")
        func prune() async throws {
            guard library != nil else { return print("SKIPPED: no library can be put before the program here.") }
            for (id, years) in [("now", 0), ("future", 10)] {
                _ = try await run(years: years, ["chat", "-s", id, "x"])
            }
            for years in [0, -10] {
                let pruned = try await run(years: years, ["prune", "--older-than", "1d"])
                #expect(Self.counts.add(pruned.output == ""), "\(pruned)")
            }
            let dry = try await run(years: 5, ["prune", "--older-than", "1y", "--dry-run"])
            #expect(Self.counts.add(ids(dry) == ["now"]), "\(dry)")
            let kept = try await run(years: -10, ["prune", "--keep", "1"])
            #expect(Self.counts.add(ids(kept) == ["now"]), "\(kept)")
            let configuration = try sandbox.configure(#"{"sessionTTL":"1y"}"#)
            let chat = try await run(years: 20, ["chat", "-s", "later", "x"], environment: configuration)
            #expect(Self.counts.add(chat.errors.contains("sesh prune --older-than 31536000s")), "\(chat)")
            #expect(try await ids(sandbox.run("list")) == ["later", "future"])
            // With as many sessions of this age as of any, what is old goes and is named.
            for id in ["b", "c"] { _ = try await run(years: 20, ["chat", "-s", id, "x"]) }
            let next = try await run(years: 20, ["chat", "-s", "later", "y"], environment: configuration)
            #expect(next.errors.contains("Removed 1 session") && next.errors.contains("future"), "\(next)")
        }
    }
}
