import SessionJSON
import SessionKit
import SessionKitTesting
import ShelfStore
import Testing

@Suite("A store that another package brings")
struct ShelfStoreTests {
    @Test("keeps the contract of every store, two of them over one shelf", arguments: SessionStoreContract.rules)
    func keeps(_ rule: SessionStoreContract.Rule) async throws {
        let (clock, shelf) = (SettableClock(), Shelf())
        try await rule.check(
            SessionStoreContract(
                clock, store: ShelfStore(on: shelf, now: clock.now), elsewhere: ShelfStore(on: shelf, now: clock.now)))
    }

    @Test("is driven by a conversation, exported and imported, with public calls alone")
    func conversation() async throws {
        let manager = SessionManager(store: ShelfStore(on: Shelf()))
        let id = try await manager.create().id
        let model = ScriptedModel([.text("Par"), .text("is."), .finish(.stop)])
        var words = ""
        for try await event in try await manager.conversation(in: id, with: model).stream("The capital of France?") {
            if case .text(let piece) = event { words += piece }
        }
        #expect(words == "Paris.")
        let json = try TranscriptExport(await manager.transcript(id), as: .json).text()
        let read = try ImportedConversation(Array(json.utf8), named: "an export")
        let copy = try await manager.create(settings: read.settings, model: read.model, turns: read.turns)
        #expect(try await manager.history(copy.id) == manager.history(id))
    }
}
