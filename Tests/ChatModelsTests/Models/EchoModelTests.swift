import SessionKit
import Testing

@testable import ChatModels

struct EchoModelTests {
    @Test("echo answers with the last prompt, exactly and at once", arguments: [true, false])
    func echoes(streams: Bool) async throws {
        let prompt = "  two  words\r\nand 👩‍🚀 more\n"
        let request = ModelRequest(
            messages: [.init(role: .user, content: "first"), .init(role: .user, content: Content(prompt))],
            streams: streams)
        var events: [ModelEvent] = []
        for try await event in EchoModel(reference: ModelReference(provider: "echo", model: nil)).respond(to: request) {
            events.append(event)
        }
        #expect(events == [.text(prompt), .finished(.stop)])
    }
}
