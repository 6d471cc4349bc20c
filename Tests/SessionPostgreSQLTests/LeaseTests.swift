import SeshTestSupport
import SessionKit
import SessionPostgreSQL
import SessionSQL
import Testing

@Suite(
    "Claims that ran out",
    .enabled(if: PostgreSQLServer.programs != nil, "PostgreSQL's server is not installed: apt-get install postgresql"))
struct LeaseTests {
    /// A session with a turn that one store waits for, and another store.
    private func begin(_ server: PostgreSQLServer) async throws -> (
        PostgreSQLStore, PostgreSQLStore, OpenTurn, SessionID
    ) {
        let url = try await server.makeUser()
        let (store, other) = (PostgreSQLStore(url: url), PostgreSQLStore(url: url))
        let id = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings()).id
        let open = try await store.beginTurn(in: id, Prompt("Hello"))
        return (store, other, open, id)
    }

    private func expire(_ turn: OpenTurn, _ server: PostgreSQLServer) async throws {
        try await server.run(
            "UPDATE sesh.prompt SET lease_until = clock_timestamp() - interval '1 second' WHERE turn = '\(turn.id)'")
    }

    @Test("an answer that comes late is saved if nobody has taken the turn up")
    func savesLate() async throws {
        let server = try PostgreSQLServer.shared.get()
        let (store, other, open, id) = try await begin(server)
        try await expire(open, server)
        #expect(try await other.read(id, .all).session.pending.map(\.state) == [.abandoned])
        _ = try await store.finishTurn(open, with: Answer("late"))
        #expect(try await other.read(id, .all).messages.map(\.content) == ["Hello", "late"])
    }

    @Test("an answer that comes late is refused once another has taken the turn up, who then saves its own")
    func refusesAfterTakeover() async throws {
        let server = try PostgreSQLServer.shared.get()
        let (store, other, open, id) = try await begin(server)
        try await expire(open, server)
        let again = try await other.beginTurn(in: id, Prompt("Hello"))
        #expect(again.isTakenUp && again.id == open.id)
        let error = await #expect(throws: SessionError.self) {
            try await store.finishTurn(open, with: Answer("late"))
        }
        #expect(error?.code == .notSaved)
        _ = try await other.finishTurn(again, with: Answer("own"))
        #expect(try await store.read(id, .all).messages.map(\.content) == ["Hello", "own"])
    }

    @Test("an answer that comes late is refused once a part of it was committed as interrupted")
    func refusesAfterSettling() async throws {
        let server = try PostgreSQLServer.shared.get()
        let (store, other, open, id) = try await begin(server)
        try await store.keepPartial(PartialAnswer("Hel"), of: open)
        try await expire(open, server)
        _ = try await other.update(id, ifRevision: nil, [.title("changed")])
        let error = await #expect(throws: SessionError.self) {
            try await store.finishTurn(open, with: Answer("Hello, whole"))
        }
        #expect(error?.code == .notSaved)
        #expect(try await store.read(id, .all).messages.map(\.content) == ["Hello", "Hel"])
    }

    @Test("a holder that let go, or was replaced, can't let the next one's claim go")
    func releasesOnlyItsOwn() async throws {
        let server = try PostgreSQLServer.shared.get()
        let (store, other, open, id) = try await begin(server)
        try await expire(open, server)
        let again = try await other.takeUp(open.id, in: id, model: nil)
        await store.releaseTurn(open)
        #expect(try await store.read(id, .all).session.pending.map(\.state) == [.live])
        _ = try await other.finishTurn(again, with: Answer("own"))
    }

    @Test("a claim is renewed for as long as its turn is awaited, and no longer")
    func renews() async throws {
        let server = try PostgreSQLServer.shared.get()
        let url = try await server.makeUser()
        let store = PostgreSQLStore(url: url, mayBlockThread: { false }, heartbeat: .milliseconds(300))
        let id = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings()).id
        let open = try await store.beginTurn(in: id, Prompt("Hello"))
        try await expire(open, server)
        let other = PostgreSQLStore(url: url)
        var states: [PendingPrompt.State] = []
        for _ in 0..<100 where states.last != .live {
            try await Task.sleep(for: .milliseconds(50))
            states += try await other.read(id, .all).session.pending.map(\.state)
        }
        #expect(states.last == .live)
        await store.releaseTurn(open)
        try await Task.sleep(for: .milliseconds(700))
        #expect(try await other.read(id, .all).session.pending.map(\.state) == [.abandoned])
    }

    @Test("a commit that the server never answers is NOT KNOWN TO BE SAVED, within a bounded time")
    func boundsCommits() async throws {
        // A standby that is not there: the commit waits for it for ever, beyond any time-out of statements.
        let server = try PostgreSQLServer(options: "-c fsync=off")
        try await server.run("CREATE ROLE writer LOGIN")
        try await PostgreSQLStore(url: server.url()).prepare(for: "writer")
        let store = PostgreSQLStore(url: server.url("writer"), mayBlockThread: { false }, patience: .milliseconds(500))
        let id = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings()).id
        try await server.run("ALTER SYSTEM SET synchronous_standby_names = 'absent'")
        try await server.run("SELECT pg_reload_conf()")
        try await Task.sleep(for: .milliseconds(300))
        let start = ContinuousClock.now
        let error = await #expect(throws: SessionError.self) { try await store.beginTurn(in: id, Prompt("Hello")) }
        #expect(error?.code == .notSaved && error?.message.contains("NOT KNOWN TO BE SAVED") == true, "\(error as Any)")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test("a wait for somebody else's lock ends with its task, and nothing is changed")
    func cancelsWaits() async throws {
        let server = try PostgreSQLServer.shared.get()
        let url = try await server.makeUser()
        let store = PostgreSQLStore(url: url)
        let id = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings()).id
        async let lock = server.run("BEGIN; SELECT 1 FROM sesh.session FOR UPDATE; SELECT pg_sleep(4); COMMIT")
        try await Task.sleep(for: .milliseconds(500))
        let start = ContinuousClock.now
        let task = Task { try await store.update(id, ifRevision: nil, [.title("x")]) }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: SessionError.self) { try await task.value }
        #expect(error?.code == .cancelled && ContinuousClock.now - start < .seconds(2))
        _ = try await lock
        #expect(try await store.read(id, .all).session.summary.title == nil)
        // A cancelled task's own change goes through where nothing is in its way.
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await store.update(id, ifRevision: nil, [.title("y")])
        }
        late.cancel()
        #expect(try await late.value.summary.title == "y")
    }
}
