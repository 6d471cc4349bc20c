#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import SessionKit

@testable import SessionFiles
@testable import SessionJSON

/// Documents that load are written and read again as the same; what loads is what another decoder finds.
enum SessionFuzz {
    private struct Shape: Decodable, Equatable {
        struct Part: Decodable, Equatable {
            let role: String
            let content: String
        }
        let messages: [Part]
    }

    static func run(_ input: [UInt8]) {
        let isJSON = (try? JSONScanner.check(input)) != nil
        guard let document = FuzzDocument.read(input) else { return }
        Promise.holds(isJSON, "what is taken is JSON")
        let messages = FuzzDocument.messages(of: document)
        let shape = Shape(messages: messages.map { Shape.Part(role: $0.role.rawValue, content: $0.content.text) })
        Promise.holds(
            (try? JSONDecoder().decode(Shape.self, from: Data(input))) == shape, "another decoder reads the same")
        guard !document.format.isNewer else { return }
        let written = FuzzDocument.written(document)
        guard let again = FuzzDocument.read(written) else { fatalError("what was written can't be read") }
        Promise.holds(FuzzDocument.messages(of: again) == messages, "messages survive being written")
        Promise.holds(again.settings == document.settings, "settings survive being written")
        Promise.holds(again.pending.map(\.prompt) == document.pending.map(\.prompt), "prompts survive being written")
        Promise.holds(again.undone.map(\.entry) == document.undone.map(\.entry), "undone turns survive being written")
        Promise.holds(again.extras.count == document.extras.count, "unknown members are kept")
        Promise.holds(FuzzDocument.written(again) == written, "writing twice gives one text")
        change(document)
    }

    /// Undoing and redoing is as if nothing had been.
    private static func change(_ document: SessionDocument) {
        guard !document.messages.isEmpty, document.undone.isEmpty else { return }
        var changed = document
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        guard (try? changed.undo(at: now)) != nil else { return }
        guard let undone = FuzzDocument.read(FuzzDocument.written(changed)) else {
            fatalError("what was undone can't be read")
        }
        var restored = undone
        guard (try? restored.redo(at: now)) != nil else { fatalError("what was undone can't be redone") }
        let (before, after) = (FuzzDocument.messages(of: document), FuzzDocument.messages(of: restored))
        Promise.holds(before.map(\.content) == after.map(\.content), "redo brings back what was undone")
    }
}
