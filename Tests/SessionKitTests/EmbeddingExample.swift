import ChatModels
import Foundation
import SeshTestSupport
import SessionFiles
import SessionKit
import Testing

// begin: talk
/// Opens the session "demo" or makes it, asks once, and shows the whole conversation.
func talk(_ prompt: String, to model: any ChatModel, in store: any SessionStore, show: (String) -> Void) async throws {
    let manager = SessionManager(store: store)
    let id = try SessionID("demo")
    let (session, isNew) = try await manager.openOrCreate(id, settings: SessionSettings(system: "Be brief."))
    show(isNew ? "A new session." : "It has \(session.summary.messageCount) messages.")

    let conversation = try await manager.conversation(in: id, with: model)
    var pieces = 0
    let result = try await conversation.send(Content(prompt)) { _ in pieces += 1 }
    // The turn is durable now, however it ended.
    switch result.ending {
    case .complete: show("Answered in \(pieces) pieces.")
    case .interrupted: show("Interrupted; what had come is kept.")
    case .incomplete(let error): show("Cut short; what had come is kept: \(error)")
    }

    for message in try await manager.history(id) { show("\(message.role.rawValue): \(message.content)") }
}
// end: talk

// begin: model
/// Says how many messages it was sent.
struct CountingModel: ChatModel {
    let reference = ModelReference(provider: "example", model: "counter")

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        AsyncThrowingStream { continuation in
            continuation.yield(.text("I was sent \(request.messages.count) messages."))
            continuation.yield(.finished(.stop))
            continuation.finish()
        }
    }
}
// end: model

@Suite("The example of the documentation")
struct EmbeddingExample {
    @Test func `talks with a model of its own and goes on in the same session`() async throws {
        let store = InMemoryStore()
        var lines: [String] = []
        try await talk("Hello", to: CountingModel(), in: store) { lines.append($0) }
        try await talk("And now?", to: CountingModel(), in: store) { lines.append($0) }
        #expect(
            lines == [
                "A new session.", "Answered in 1 pieces.", "user: Hello", "assistant: I was sent 2 messages.",
                "It has 2 messages.", "Answered in 1 pieces.", "user: Hello", "assistant: I was sent 2 messages.",
                "user: And now?", "assistant: I was sent 4 messages.",
            ])
    }

    @Test func `talks with the echo model`() async throws {
        let catalog = ModelCatalog(environment: [:], homeDirectory: "/nonexistent", userID: 0)
        let echo = try catalog.model(for: ModelReference(provider: "echo", model: nil))
        var lines: [String] = []
        try await talk("My name is Sarah.", to: echo, in: InMemoryStore()) { lines.append($0) }
        #expect(lines.last == "assistant: My name is Sarah.")
    }

    @Test func `goes on in the same session when it is opened from files again`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "sesh-example-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        var lines: [String] = []
        for prompt in ["Hello", "And now?"] {
            let store = JSONDirectoryStore(path: directory.path)
            try await talk(prompt, to: CountingModel(), in: store) { lines.append($0) }
        }
        #expect(lines.contains("It has 2 messages."))
        #expect(lines.last == "assistant: I was sent 4 messages.")
    }

    @Test func `is what the article shows, word for word`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let article = root.appending(path: "Sources/Sessions/SessionKit/SessionKit.docc/EmbeddingSessionKit.md")
        let shown = try Self.sections(
            of: String(contentsOf: article, encoding: .utf8), from: { $0 == "```swift" }, to: { $0 == "```" })
        let compiled = try Self.sections(
            of: String(contentsOfFile: #filePath, encoding: .utf8), from: { $0.hasPrefix("// begin: ") },
            to: { $0.hasPrefix("// end: ") })
        #expect(shown.count == 2 && shown == compiled)
    }

    /// The runs of lines between marks, without the marks.
    private static func sections(of text: String, from begin: (String) -> Bool, to end: (String) -> Bool) -> [[String]]
    {
        var sections: [[String]] = []
        var isInside = false
        for line in text.components(separatedBy: "\n") {
            if isInside, end(line) {
                isInside = false
            } else if isInside {
                sections[sections.count - 1].append(line)
            } else if begin(line) {
                isInside = true
                sections.append([])
            }
        }
        return sections
    }
}
