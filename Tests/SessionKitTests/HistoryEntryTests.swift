import Foundation
import SessionKit
import Testing

@testable import SessionKit

@Suite("Where history shows what was not answered")
struct HistoryEntryTests {
    private let first = TurnID.generate(), second = TurnID.generate(), lost = TurnID.generate()

    private func transcript(after: TurnID?, count: Int = 4, last: Int = 4) throws -> Transcript {
        let messages = [first, second].flatMap { turn in
            [Message(turn: turn, role: .user, content: "q"), Message(turn: turn, role: .assistant, content: "a")]
        }
        let pending = PendingPrompt(turn: lost, after: after, content: "?", state: .abandoned)
        let summary = SessionSummary(
            id: try SessionID("s"), createdAt: .distantPast, updatedAt: .distantPast, messageCount: count,
            pendingCount: 1)
        return Transcript(session: Session(summary: summary, pending: [pending]), messages: messages.suffix(last))
    }

    private func place(_ transcript: Transcript) -> Int? {
        HistoryEntry.all(of: transcript).firstIndex { if case .pending = $0 { true } else { false } }
    }

    @Test("After the turn it followed, at the beginning if it came first, at the end if that turn is gone")
    func places() throws {
        #expect(try place(transcript(after: first)) == 2)
        #expect(try place(transcript(after: second)) == 4)
        #expect(try place(transcript(after: nil)) == 0)
        #expect(try place(transcript(after: TurnID.generate())) == 4)
    }

    @Test("Not among the last messages if it came before them")
    func outside() throws {
        #expect(try place(transcript(after: first, last: 2)) == nil)
        #expect(try place(transcript(after: second, last: 2)) == 2)
    }
}
