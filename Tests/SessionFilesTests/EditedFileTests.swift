import Foundation
import SessionFiles
import SessionKit
import Testing

@Suite("A session file edited or copied by hand")
struct EditedFileTests {
    private let turn = "01KAJ000000000000000000001"

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func error(_ body: () async throws -> Void) async -> SessionError? {
        await #expect(throws: SessionError.self) { try await body() }
    }

    @Test("may name one turn as pending, twice, and as answered: the new answer is kept beside the old one")
    func pendingTurnInTheHistory() async throws {
        try await TemporaryDirectory.with { directory in
            let store = JSONDirectoryStore(path: directory.root)
            let id = try SessionID("demo")
            let pending = #"{"turn":"\#(turn)","content":"again"}"#
            let text = """
                {"format":"sesh.session/1","pending":[\(pending),\(pending)],"messages":[
                {"turn":"\(turn)","role":"user","content":"old"},{"turn":"\(turn)","role":"assistant","content":"re: old"}]}
                """
            let path = directory.path("demo.json")
            try write(text, to: path)
            let begun = try await store.beginTurn(in: id, Prompt("again"))
            #expect(begun.id.rawValue != turn && !begun.isTakenUp)
            _ = try await store.finishTurn(begun, with: Answer("new"))
            #expect(try await store.read(id, .all).messages.map(\.content) == ["old", "re: old", "again", "new"])
            #expect(try await store.read(id, .all).session.pending.isEmpty)

            try write(text, to: path)
            let taken = try await store.takeUp(#require(TurnID(turn)), in: id, model: nil)
            let finished = try await store.finishTurn(taken, with: Answer("new"))
            #expect(finished.answer?.content == "new")
            #expect(try await store.read(id, .all).session.pending.isEmpty)
        }
    }

    @Test("that was copied has turns of its own: withdrawing one in the copy leaves the original's live")
    func leasesOfACopy() async throws {
        try await TemporaryDirectory.with { directory in
            let store = JSONDirectoryStore(path: directory.root)
            let (original, copy) = (try SessionID("a"), try SessionID("b"))
            _ = try await store.create(original, title: nil, settings: SessionSettings())
            let open = try await store.beginTurn(in: original, Prompt("Hi"))
            try FileManager.default.copyItem(atPath: directory.path("a.json"), toPath: directory.path("b.json"))
            #expect(await error { try await store.withdrawTurn(open.id, in: copy) }?.code == .busy)
            _ = try await store.finishTurn(open, with: Answer("Hello"))
            #expect(try await store.read(original, .all).messages.map(\.content) == ["Hi", "Hello"])
        }
    }

    @Test("that became malformed while the model answered: NOT SAVED, with the reason")
    func malformedMeanwhile() async throws {
        try await TemporaryDirectory.with { directory in
            let store = JSONDirectoryStore(path: directory.root)
            let id = try SessionID("demo")
            _ = try await store.create(id, title: nil, settings: SessionSettings())
            let open = try await store.beginTurn(in: id, Prompt("Hi"))
            try write("{", to: directory.path("demo.json"))
            let error = await error { _ = try await store.finishTurn(open, with: Answer("Hello")) }
            #expect(error?.code == .notSaved && error?.message.hasPrefix("The answer was NOT SAVED") == true)
            #expect((error?.cause as? SessionError)?.code == .malformed)
        }
    }

    @Test("of a size that no memory has is an error that names it, and the others are listed")
    func hugeFiles() async throws {
        try await TemporaryDirectory.with { directory in
            let store = JSONDirectoryStore(path: directory.root)
            let (id, good) = (try SessionID("big"), try SessionID("good"))
            try write("", to: directory.path("big.json"))
            // Sparse: it takes no room. A file system with a smaller limit has no such file either.
            guard truncate(directory.path("big.json"), 8 << 40) == 0 else {
                return print("NOT TESTED: the file system has no file of 8 TiB")
            }
            _ = try await store.create(good, title: nil, settings: SessionSettings())
            #expect(try await store.summaries(offset: 0, limit: nil).sessions.map(\.id) == [good])
            let error = await error { _ = try await store.read(id, .all) }
            #expect(error?.code == .unreadable && error?.message.contains("\(8 << 40) bytes") == true)
            #expect(try await SessionManager(store: store).exists(id))
        }
    }
}
