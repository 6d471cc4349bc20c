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
