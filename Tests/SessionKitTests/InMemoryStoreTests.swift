import SessionKitTesting
import SeshTestSupport
import SessionKit
import Testing

@Suite("The in-memory store")
struct InMemoryStoreTests {
    @Test("keeps the contract of every store", arguments: SessionStoreContract.rules)
    func keepsTheContract(_ rule: SessionStoreContract.Rule) async throws {
        let clock = SettableClock()
        try await rule.check(SessionStoreContract(clock, store: InMemoryStore(now: clock.now)))
    }

    @Test func `replaces the last run of a turn whose messages do not stand together`() async throws {
        let id = try SessionID("demo")
        let (one, two) = (TurnID.generate(), TurnID.generate())
        let now = Timestamp.rounded(SettableClock().now())
        let messages = [(one, "a"), (two, "b"), (one, "c")].map { Message(turn: $0, role: .user, content: $1) }
        let summary = SessionSummary(id: id, createdAt: now, updatedAt: now)
        let store = InMemoryStore([Transcript(session: Session(summary: summary), messages: messages)])
        let open = try await store.beginTurn(in: id, Prompt("again", replacing: one))
        #expect(try await store.read(open.session, open.context()).messages.map(\.content) == ["a", "b"])
        _ = try await store.finishTurn(open, with: Answer("d"))
        #expect(try await store.read(id, .all).messages.map(\.content) == ["a", "b", "again", "d"])
    }

    @Test func `begins with the sessions it is given, their pending prompts abandoned`() async throws {
        let id = try SessionID("demo")
        let first = InMemoryStore()
        _ = try await first.create(id, title: "Names", settings: SessionSettings(system: "Be brief."))
        let open = try await first.beginTurn(in: id, Prompt("one"))
        _ = try await first.finishTurn(open, with: Answer("1"))
        let pending = try await first.beginTurn(in: id, Prompt("two"))
        let kept = try await first.read(id, .all)

        let second = InMemoryStore([kept])
        let found = try await second.read(id, .all)
        #expect(found.messages == kept.messages)
        #expect(found.session.summary == kept.session.summary)
        #expect(found.session.pending.map(\.state) == [.abandoned])
        #expect(try await second.beginTurn(in: id, Prompt("two")).id == pending.id)
    }
}
