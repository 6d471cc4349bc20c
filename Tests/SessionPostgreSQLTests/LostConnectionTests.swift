import Foundation
import SeshTestSupport
import SessionKit
import SessionPostgreSQL
import SessionSQL
import Testing

/// A connection that is cut at any byte of an intent: it has happened once, or not at all and the store says so.
@Suite(
    "A connection that breaks at any byte",
    .enabled(if: PostgreSQLServer.programs != nil, "PostgreSQL's server is not installed: apt-get install postgresql"))
struct LostConnectionTests {
    /// What an intent needs, does, and has to leave.
    struct Intent: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Runs it in a session of three turns, the last one undone, whose revision is 8.
        let run: @Sendable (any SessionStore, SessionID, OpenTurn) async throws -> Void
        /// What has to be true once it has happened once.
        let check: @Sendable (Transcript, any SessionStore) async throws -> Bool
    }

    static let intents = [
        Intent(testDescription: "begin") { store, id, _ in
            _ = try await store.beginTurn(in: id, Prompt("more"))
        } check: { read, _ in
            read.session.pending.map(\.content) == ["open", "more"] && read.session.summary.revision == 9
        },
        Intent(testDescription: "finish") { store, _, open in
            _ = try await store.finishTurn(open, with: Answer("done"))
        } check: { read, _ in
            read.turns.map(\.answer?.content) == ["re: one", "re: two", "done"] && read.session.pending.isEmpty
                && read.session.summary.revision == 9
        },
        Intent(testDescription: "withdraw") { store, id, open in
            try await store.withdrawTurn(open.id, in: id)
        } check: { read, _ in
            read.session.pending.isEmpty && read.session.summary.revision == 9
        },
        Intent(testDescription: "keep a part") { store, _, open in
            try await store.keepPartial(PartialAnswer("par"), of: open)
        } check: { read, _ in
            read.session.pending.map(\.partial) == [PartialAnswer("par")] && read.session.summary.revision == 8
        },
        Intent(testDescription: "undo") { store, id, _ in
            _ = try await store.undo(1, in: id)
        } check: { read, _ in
            read.turns.map(\.prompt?.content) == ["one"] && read.session.summary.revision == 9
        },
        Intent(testDescription: "redo") { store, id, _ in
            _ = try await store.redo(1, in: id)
        } check: { read, _ in
            read.turns.map(\.prompt?.content) == ["one", "two", "three"] && read.session.summary.revision == 9
        },
        Intent(testDescription: "update") { store, id, _ in
            _ = try await store.update(id, ifRevision: 8, [.title("named")])
        } check: { read, _ in
            read.session.summary.title == "named" && read.session.summary.revision == 9
        },
        Intent(testDescription: "reset") { store, id, _ in
            _ = try await store.reset(id)
        } check: { read, _ in
            read.messages.isEmpty && read.session.pending.isEmpty && read.session.summary.revision == 9
        },
        Intent(testDescription: "create") { store, _, _ in
            _ = try await store.create(SessionID("made"), title: "made", settings: SessionSettings())
        } check: { _, store in
            try await store.read(SessionID("made"), .all).session.summary.revision == 1
        },
        Intent(testDescription: "fork") { store, id, _ in
            _ = try await store.fork(id, as: SessionID("made"), through: nil)
        } check: { read, store in
            let made = try await store.read(SessionID("made"), .all)
            return made.messages == read.messages && made.session.summary.revision == 1
        },
        Intent(testDescription: "rename") { store, id, open in
            await store.releaseTurn(open)
            _ = try await store.rename(id, to: SessionID("made"))
        } check: { _, store in
            let made = try await store.read(SessionID("made"), .all)
            return made.turns.count == 2 && made.session.summary.revision == 9
        },
        Intent(testDescription: "delete") { store, id, _ in
            try await store.delete(id)
        } check: { _, store in
            try await store.ids().isEmpty
        },
    ]

    @Test(arguments: intents)
    func happensOnce(_ intent: Intent) async throws {
        let server = try PostgreSQLServer.shared.get()
        let url = try await server.makeUser()
        let proxy = try CuttingProxy(to: server.directory)
        let through = url.replacingOccurrences(of: server.directory, with: proxy.directory)
        let direct = PostgreSQLStore(url: url)
        let whole = try await run(intent, PostgreSQLStore(url: through), direct, proxy, cutAfter: nil)
        // With SESH_CUT_STEP=1 at every byte; else at a few dozen, more of them towards the end, where commits are answered.
        let places: [Int]
        if let step = ProcessInfo.processInfo.environment["SESH_CUT_STEP"].flatMap(Int.init), step > 0 {
            places = Array(stride(from: 0, to: whole, by: step))
        } else {
            places =
                Array(stride(from: Int.random(in: 0..<7), to: whole, by: max(1, whole / 20)))
                + Array(stride(from: max(0, whole - 200), to: whole, by: 10))
        }
        for place in places {
            _ = try await run(intent, PostgreSQLStore(url: through), direct, proxy, cutAfter: place)
        }
    }

    /// Runs an intent once.
    ///
    /// - Returns: how many bytes went to and fro.
    private func run(
        _ intent: Intent, _ store: PostgreSQLStore, _ direct: PostgreSQLStore, _ proxy: CuttingProxy,
        cutAfter place: Int?
    ) async throws -> Int {
        for id in try await direct.ids() { try await direct.delete(id) }
        let id = try await direct.create(SessionID("demo"), title: nil, settings: SessionSettings()).id
        let turns = ["one", "two", "three"].map { prompt in
            let turn = TurnID.generate()
            return Turn(
                id: turn,
                messages: [
                    Message(turn: turn, role: .user, content: Content(prompt)),
                    Message(turn: turn, role: .assistant, content: Content("re: " + prompt)),
                ])
        }
        try await direct.delete(id)
        _ = try await direct.create(id, title: nil, settings: SessionSettings(), model: nil, turns: turns)
        _ = try await direct.undo(1, in: id)
        for number in 3...7 { _ = try await direct.update(id, ifRevision: nil, [.title("\(number)")]) }
        let open = try await store.beginTurn(in: id, Prompt("open"))
        let before = try await direct.read(id, .all)
        #expect(before.session.summary.revision == 8)
        _ = proxy.takeCount()
        proxy.cut(after: place)
        defer { proxy.cut(after: nil) }
        let promise = PromiseCounts("PostgreSQL: an intent whose connection is cut happens once")
        do {
            try await intent.run(store, id, open)
        } catch {
            promise.add(failures: 1)
            Issue.record("\(intent.testDescription), cut after \(place ?? -1) bytes: \(error)")
            return 0
        }
        let read = (try? await direct.read(id, .all)) ?? before
        let isRight = try await intent.check(read, direct)
        promise.add(failures: isRight ? 0 : 1)
        #expect(isRight, "\(intent.testDescription), cut after \(place ?? -1) bytes")
        return proxy.takeCount()
    }
}
