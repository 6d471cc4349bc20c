import Foundation
import SessionKit
import Testing

/// A session as rows would hold it: it answers what is asked and notes how much that was.
private final class Rows: SessionHeaders {
    let id: SessionID
    let settings: SessionSettings
    var history: [TurnID] = []
    var recorded: [TurnID: SessionSettings] = [:]
    var roles: [TurnID: Role] = [:]
    var pendingHeaders: [PendingHeader] = []
    var undoneTurns: [UndoneTurn] = []
    /// What the pending prompts say.
    var words: [TurnID: Content] = [:]
    private(set) var mostAsked = 0

    init(_ count: Int, settings: SessionSettings = SessionSettings()) throws {
        id = try SessionID("demo")
        self.settings = settings
        history = (0..<count).map { _ in .generate() }
    }

    func lastTurns(_ count: Int) -> [TurnID] {
        mostAsked = max(mostAsked, count)
        return history.suffix(count).reversed()
    }

    func hasWords(_ digest: ContentDigest, pending turn: TurnID) -> Bool {
        words[turn].map { digest == ContentDigest($0) } ?? false
    }

    func contains(_ turn: TurnID) -> Bool { history.contains(turn) }

    func recordedSettings(leavingOut count: Int) -> SessionSettings {
        history.dropLast(count).last { recorded[$0] != nil }.flatMap { recorded[$0] } ?? SessionSettings()
    }

    func unknownRole(leavingOut count: Int) -> Role? {
        history.dropLast(count).first { roles[$0] != nil }.flatMap { roles[$0] }
    }

    /// Makes moves, as a store does.
    func make(_ moves: [HistoryMove]) throws {
        for move in moves {
            switch move {
            case .retire(let entry):
                #expect(history.popLast() == entry.turn)
                undoneTurns.append(entry)
            case .restore(let index): history.append(undoneTurns.remove(at: index).turn)
            }
        }
    }

    /// An open turn of this session.
    func open(_ begun: BegunTurn) -> OpenTurn { OpenTurn(begun, in: id, settings: settings) }

    /// Begins a turn where nobody waits for any.
    func begin(_ prompt: Prompt) throws -> BegunTurn {
        try SessionRules.begin(prompt, in: self, at: now) { _ in false }
    }

    /// Begins and finishes a turn.
    @discardableResult
    func addTurn(replacing old: TurnID? = nil) throws -> TurnID {
        let begun = try begin(Prompt("words", replacing: old))
        pendingHeaders.append(PendingHeader(begun.entry))
        let finished = try SessionRules.finish(open(begun), isHeld: true, in: self, at: now)
        try make(finished.moves)
        if let settings = finished.settings { recorded[begun.entry.turn] = settings }
        pendingHeaders = []
        history.append(begun.entry.turn)
        return begun.entry.turn
    }
}

private let now = Date(timeIntervalSince1970: 1_800_000_000.1239)

@Suite("The rules of sessions")
struct SessionRulesTests {
    @Test("ask for two turns at most to begin, finish and redo, for one more than go to undo")
    func areBounded() throws {
        let rows = try Rows(1000)
        let last = try rows.addTurn()
        try rows.addTurn(replacing: last)
        try rows.make(SessionRules.undo(1, in: rows, at: now))
        try rows.make(SessionRules.redo(1, in: rows, at: now))
        #expect(rows.mostAsked == 2)
        try rows.make(SessionRules.undo(9, in: rows, at: now))
        #expect(rows.mostAsked == 10)
    }

    @Test("begin: a new turn follows the last one and records settings that differ")
    func begin() throws {
        let rows = try Rows(2, settings: SessionSettings(system: "Be brief."))
        let begun = try rows.begin(Prompt("a"))
        #expect(!begun.isTakenUp && begun.removed == nil)
        #expect(begun.entry.after == rows.history[1] && begun.entry.settings == rows.settings)
        #expect(begun.entry.createdAt == Timestamp.rounded(now) && begun.entry.content == "a")
        rows.recorded[rows.history[0]] = rows.settings
        #expect(try rows.begin(Prompt("a")).entry.settings == nil)
    }

    @Test("begin: a retry leaves the last turn and what it recorded out; of any other turn it is none")
    func beginRetry() throws {
        let rows = try Rows(3, settings: SessionSettings(maxTokens: 5))
        rows.recorded[rows.history[2]] = rows.settings
        rows.roles[rows.history[2]] = Role(rawValue: "tool")
        let again = try rows.begin(Prompt("a", replacing: rows.history[2]))
        #expect(again.entry.replacing == rows.history[2])
        #expect(again.entry.after == rows.history[1] && again.entry.settings == rows.settings)
        let error = #expect(throws: SessionError.self) {
            try rows.begin(Prompt("a", replacing: rows.history[1]))
        }
        #expect(error?.code == .notContinuable)
        rows.roles = [:]
        let other = try rows.begin(Prompt("a", replacing: rows.history[1]))
        #expect(other.entry.replacing == nil && other.entry.settings == nil)
    }

    @Test("begin: an abandoned prompt of the same bytes keeps identity and time, a live one is left alone")
    func takeUpByWords() throws {
        let rows = try Rows(1)
        let old = PendingHeader(turn: .generate(), createdAt: Date(timeIntervalSince1970: 5))
        rows.pendingHeaders = [PendingHeader(turn: .generate()), old]
        rows.words = [old.turn: "caf\u{E9}"]
        let begun = try rows.begin(Prompt("caf\u{E9}"))
        #expect(begun.isTakenUp && begun.entry.turn == old.turn && begun.entry.createdAt == old.createdAt)
        #expect(try !rows.begin(Prompt("cafe\u{301}")).isTakenUp)
        #expect(try !SessionRules.begin(Prompt("caf\u{E9}"), in: rows, at: now) { $0 == old.turn }.isTakenUp)
        rows.history.append(old.turn)
        let other = try rows.begin(Prompt("caf\u{E9}"))
        #expect(!other.isTakenUp && other.removed == old.turn && other.entry.turn != old.turn)
    }

    @Test("take up and withdraw: only what is pending and nobody else holds; rename and prune: only what nobody does")
    func liveTurns() throws {
        let rows = try Rows(1)
        let old = PendingHeader(turn: .generate(), replacing: rows.history[0])
        rows.pendingHeaders = [old]
        func expect(_ code: SessionError.Code, _ body: () throws -> Void) {
            #expect(#expect(throws: SessionError.self) { try body() }?.code == code)
        }
        func takeUp(_ turn: TurnID, isLive: Bool) throws -> BegunTurn {
            try SessionRules.takeUp(turn, "a", for: nil, in: rows, at: now) { _ in isLive }
        }
        #expect(try takeUp(old.turn, isLive: false).entry.replacing == rows.history[0])
        expect(.busy) { _ = try takeUp(old.turn, isLive: true) }
        expect(.notFound) { _ = try takeUp(.generate(), isLive: false) }
        try SessionRules.withdraw(old.turn, in: rows, isHeld: true) { _ in true }
        expect(.busy) { try SessionRules.withdraw(old.turn, in: rows, isHeld: false) { _ in true } }
        expect(.notFound) { try SessionRules.withdraw(.generate(), in: rows, isHeld: true) { _ in false } }
        try SessionRules.rename(rows) { _ in false }
        expect(.busy) { try SessionRules.rename(rows) { _ in true } }
        var summary = SessionSummary(id: rows.id, createdAt: now, updatedAt: now, revision: 3)
        let listed = summary
        #expect(SessionRules.isUnused(since: listed, summary, in: rows) { _ in false })
        #expect(!SessionRules.isUnused(since: listed, summary, in: rows) { _ in true })
        summary.revision = 4
        #expect(!SessionRules.isUnused(since: listed, summary, in: rows) { _ in false })
    }

    @Test("finish: only a turn that is held and pending; the settings are compared anew")
    func finish() throws {
        let rows = try Rows(1, settings: SessionSettings(temperature: 0.5))
        let begun = try rows.begin(Prompt("a"))
        for isHeld in [true, false] {
            let error = #expect(throws: SessionError.self) {
                try SessionRules.finish(rows.open(begun), isHeld: isHeld, in: rows, at: now)
            }
            #expect(error?.code == .notSaved)
            rows.pendingHeaders = [PendingHeader(begun.entry)]
        }
        #expect(try SessionRules.finish(rows.open(begun), isHeld: true, in: rows, at: now).settings == rows.settings)
        rows.recorded[rows.history[0]] = rows.settings
        #expect(try SessionRules.finish(rows.open(begun), isHeld: true, in: rows, at: now).settings == nil)
    }

    @Test("undo and redo: so many at once are as many one by one, and too many are none", arguments: 1...40)
    func historyMoves(_ seed: Int) throws {
        // Which of the turns are retries follows from the seed.
        let (one, many) = (try Rows(0), try Rows(0))
        for step in 0..<8 {
            try one.addTurn(replacing: seed >> (step % 6) & 1 == 1 ? one.history.last : nil)
        }
        (many.history, many.undoneTurns) = (one.history, one.undoneTurns)
        func expectSame() { #expect(one.history == many.history && one.undoneTurns == many.undoneTurns) }
        let full = (one.history, one.undoneTurns.map(\.turn))
        try many.make(SessionRules.undo(8, in: many, at: now))
        for _ in 0..<8 { try one.make(SessionRules.undo(1, in: one, at: now)) }
        #expect(one.history.isEmpty)
        expectSame()
        #expect(throws: SessionError.self) { try SessionRules.undo(1, in: one, at: now) }
        let error = #expect(throws: SessionError.self) { try SessionRules.redo(9, in: one, at: now) }
        #expect(error?.message.contains("Only 8 turns") == true)
        try many.make(SessionRules.redo(8, in: many, at: now))
        for _ in 0..<8 { try one.make(SessionRules.redo(1, in: one, at: now)) }
        expectSame()
        #expect(one.history == full.0 && one.undoneTurns.map(\.turn) == full.1)
    }

    @Test("update: nothing if nothing changes, a conflict if the session moved on, no bad settings")
    func update() throws {
        let summary = SessionSummary(id: try SessionID("demo"), createdAt: now, updatedAt: now, revision: 3)
        let session = Session(summary: summary)
        #expect(try SessionRules.update(session, ifRevision: 3, [.title("a"), .title(nil)]) == nil)
        #expect(try SessionRules.update(session, ifRevision: nil, [.maxTokens(4)])?.settings.maxTokens == 4)
        for (revision, change, code) in [
            (2, SessionChange.title("a"), SessionError.Code.conflict), (3, .maxTokens(0), .invalidSetting),
        ] {
            let error = #expect(throws: SessionError.self) {
                try SessionRules.update(session, ifRevision: revision, [change])
            }
            #expect(error?.code == code)
        }
        let copy = SessionRules.fork(summary, as: try SessionID("copy"), through: nil, at: now)
        #expect(copy.revision == 0 && copy.forkedFrom?.id == "demo" && copy.createdAt == Timestamp.rounded(now))
    }
}
