import SessionKitTesting
import Foundation
import SeshTestSupport
import SessionKit
import Testing

@Suite("The session manager")
struct SessionManagerTests {
    let clock: SettableClock
    let manager: SessionManager
    let demo: SessionID

    init() throws {
        let clock = SettableClock()
        self.clock = clock
        manager = SessionManager(store: InMemoryStore(now: clock.now), now: clock.now)
        demo = try SessionID("demo")
    }

    private func fill(_ id: SessionID, _ prompts: String...) async throws {
        for prompt in prompts {
            try await manager.append(prompt: Content(prompt), answer: Answer("re: \(prompt)"), to: id)
        }
    }

    @Test func `makes sessions under a given or a generated id`() async throws {
        let named = try await manager.create(demo, title: "Names", settings: SessionSettings(system: "Be brief."))
        #expect(named.id == demo && named.summary.title == "Names" && named.settings.system == "Be brief.")
        let generated = try await manager.create()
        #expect(try await manager.open(generated.id) == generated)
        #expect(try await manager.list().total == 2)
    }

    @Test func `opens a session or makes it, and says which`() async throws {
        let made = try await manager.openOrCreate(demo, settings: SessionSettings(maxTokens: 5))
        #expect(made.isNew && made.session.settings.maxTokens == 5)
        let opened = try await manager.openOrCreate(demo, settings: SessionSettings(maxTokens: 6))
        #expect(!opened.isNew && opened.session == made.session)
    }

    @Test func `when many open a missing session at once, one makes it and all get it`() async throws {
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<32 { group.addTask { try await manager.openOrCreate(demo).isNew } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
    }

    @Test func `appends no turn without an answer, and leaves no prompt behind`() async throws {
        _ = try await manager.create(demo)
        let error = await #expect(throws: SessionError.self) {
            try await manager.append(prompt: "one", answer: Answer(" \n"), to: demo)
        }
        #expect(error?.code == .emptyPrompt)
        #expect(try await manager.open(demo).pending.isEmpty)
    }

    @Test func `knows whether a session exists`() async throws {
        #expect(try await !manager.exists(demo))
        _ = try await manager.create(demo)
        #expect(try await manager.exists(demo))
    }

    @Test func `gives the history, all of it or the last messages`() async throws {
        _ = try await manager.create(demo)
        try await fill(demo, "one", "two")
        #expect(try await manager.history(demo).map(\.content) == ["one", "re: one", "two", "re: two"])
        #expect(try await manager.history(demo, last: 1).map(\.content) == ["re: two"])
        #expect(try await manager.history(demo, last: 0).isEmpty)
    }

    @Test func `finds the session used last, which is not the one made last`() async throws {
        #expect(try await manager.lastUsed() == nil)
        _ = try await manager.create(demo)
        clock.advance(by: 1)
        _ = try await manager.create(SessionID("later"))
        clock.advance(by: 1)
        try await fill(demo, "one")
        #expect(try await manager.lastUsed()?.id == demo)
    }

    @Test func `suggests near names for one that is not there`() async throws {
        _ = try await manager.create(demo)
        _ = try await manager.create(SessionID("other"))
        #expect(try await manager.suggestions(for: SessionID("dmeo")) == [demo])
        #expect(try await manager.suggestions(for: SessionID("nothing-like-it")) == [])
    }

    // MARK: The current session

    @Test func `has no current session until one is used or begun`() async throws {
        #expect(await manager.current == nil)
        let error = await #expect(throws: SessionError.self) {
            try await manager.conversation(with: ScriptedModel())
        }
        #expect(error?.code == .notFound)
        let begun = try await manager.startNew()
        #expect(await manager.current == begun.id)
        _ = try await manager.create(demo)
        #expect(await manager.current == begun.id, "making a session is not using it")
        try await manager.use(demo)
        #expect(await manager.current == demo)
        #expect(try await manager.conversation(with: ScriptedModel()).session == demo)
    }

    @Test func `stays in the current session when another can't be used or begun`() async throws {
        try await manager.startNew(demo)
        await #expect(throws: SessionError.self) { try await manager.use(SessionID("nobody")) }
        await #expect(throws: SessionError.self) { try await manager.startNew(demo) }
        #expect(await manager.current == demo)
    }

    @Test func `follows the current session through a rename`() async throws {
        try await manager.startNew(demo)
        let other = try await manager.create(SessionID("other"))
        try await manager.rename(demo, to: SessionID("renamed"))
        #expect(try await manager.current == SessionID("renamed"))
        try await manager.rename(other.id, to: SessionID("else"))
        #expect(try await manager.current == SessionID("renamed"))
    }

    @Test func `has no current session any more once it is deleted, but resetting keeps it`() async throws {
        try await manager.startNew(demo)
        try await manager.delete(manager.create(SessionID("other")).id)
        try await manager.reset(demo)
        #expect(await manager.current == demo)
        try await manager.delete(demo)
        #expect(await manager.current == nil)
    }

    // MARK: Changes

    @Test func `appends whole turns and refuses an empty prompt`() async throws {
        _ = try await manager.create(demo)
        let answer = Answer("1", model: ModelReference("local"), usage: TokenUsage(outputTokens: 1))
        let turn = try await manager.append(prompt: "one", answer: answer, to: demo)
        #expect(try await manager.transcript(demo).turns == [turn])
        #expect(turn.answer?.usage == TokenUsage(outputTokens: 1))
        let error = await #expect(throws: SessionError.self) {
            try await manager.append(prompt: " \n", answer: Answer("x"), to: demo)
        }
        #expect(error?.code == .emptyPrompt)
    }

    @Test func `takes back, restores, forks, changes and withdraws`() async throws {
        _ = try await manager.create(demo)
        try await fill(demo, "one", "two")
        let turns = try await manager.transcript(demo).turns
        #expect(try await manager.undo(in: demo) == [turns[1]])
        #expect(try await manager.redo(in: demo) == [turns[1]])
        let copy = try await manager.fork(demo, through: turns[0].id)
        #expect(try await manager.transcript(copy.id).turns == [turns[0]])
        let named = try await manager.fork(demo, as: SessionID("copy"))
        #expect(named.summary.forkedFrom?.id == "demo")
        #expect(try await manager.update(demo, .title("T"), .temperature(1)).summary.title == "T")
        let open = try await manager.store.beginTurn(in: demo, Prompt("three"))
        try await manager.withdraw(open.id, in: demo)
        #expect(try await manager.open(demo).pending.isEmpty)
    }

    // MARK: Pruning

    @Test func `prunes by age to the fraction of a second, and never the current session`() async throws {
        try await manager.startNew(demo)
        _ = try await manager.create(SessionID("old"))
        clock.advance(by: 0.5)
        _ = try await manager.create(SessionID("new"))
        clock.advance(by: 0.25)
        let report = try await manager.prune(olderThan: .milliseconds(500))
        #expect(report.removed.map(\.id.rawValue) == ["old"])
        #expect(try await manager.exists(demo))
        #expect(try await manager.prune().removed.isEmpty, "without a criterion nothing goes")
    }

    @Test func `prunes by number, and in a dry run only says so`() async throws {
        for name in ["a", "b", "c"] {
            _ = try await manager.create(SessionID(name))
            clock.advance(by: 1)
        }
        #expect(try await manager.prune(keeping: 1, dryRun: true).removed.count == 2)
        #expect(try await manager.list().total == 3)
        #expect(try await manager.prune(keeping: 1).removed.map(\.id.rawValue) == ["b", "a"])
        #expect(try await manager.list().sessions.map(\.id.rawValue) == ["c"])
    }
}
