import Foundation
import SessionFiles
import SessionKit
import Testing

@Suite("A file that a former version wrote")
struct FormerDocumentTests {
    private typealias Change = @Sendable (JSONDirectoryStore, SessionID) async throws -> Void

    private static let changes: [(name: String, before: String, after: String, change: Change)] = [
        ("undo", FormerDocuments.start, FormerDocuments.undo, { _ = try await $0.undo(1, in: $1) }),
        ("undo of three", FormerDocuments.undo, FormerDocuments.undoneFourTimes, { _ = try await $0.undo(3, in: $1) }),
        ("redo", FormerDocuments.undoneFourTimes, FormerDocuments.redo, { _ = try await $0.redo(1, in: $1) }),
        ("redo of three", FormerDocuments.redo, FormerDocuments.redoneFourTimes, { _ = try await $0.redo(3, in: $1) }),
        (
            "an abandoned prompt is answered", FormerDocuments.redoneFourTimes, FormerDocuments.answered,
            { store, id in
                let model = ModelReference("echo")
                let open = try await store.beginTurn(in: id, Prompt("Lost", model: model))
                #expect(open.isTakenUp)
                _ = try await store.finishTurn(open, with: Answer("Lost", model: model, finishReason: .stop))
            }
        ),
        ("reset", FormerDocuments.answered, FormerDocuments.reset, { _ = try await $0.reset($1) }),
    ]

    @Test("is changed as that version changed it, byte for byte but for revision and times", arguments: 0..<6)
    func isChanged(_ index: Int) async throws {
        let (name, before, after, change) = Self.changes[index]
        let written = try await Self.written(before, change: change)
        #expect(Self.timeless(written) == Self.timeless(after), "\(name)")
    }

    @Test("is copied as that version copied it")
    func fork() async throws {
        let written = try await Self.written(FormerDocuments.answered, read: "f") { store, id in
            _ = try await store.fork(id, as: SessionID("f"), through: nil)
        }
        #expect(Self.timeless(written) == Self.timeless(FormerDocuments.fork))
    }

    /// The text of a session's file after a change.
    private static func written(_ text: String, read: String = "g", change: @escaping Change) async throws -> String {
        try await TemporaryDirectory.with { directory in
            let path = directory.path("g.json")
            try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            try await change(JSONDirectoryStore(path: folder.path), SessionID("g"))
            return try String(contentsOf: folder.appending(path: "\(read).json"), encoding: .utf8)
        }
    }

    /// The text without what every write makes anew.
    private static func timeless(_ text: String) -> String {
        text.replacing(/"revision":\d+/, with: "").replacing(/\d{4}-\d\d-\d\dT[\d:.]+Z/, with: "")
            .trimmingCharacters(in: .newlines)
    }
}
