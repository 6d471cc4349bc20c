import Foundation

/// What a session's document holds, without times, counters and generated names.
struct SessionContent: Sendable, Equatable, CustomStringConvertible {
    /// The title, the settings and the messages.
    let history: [String]
    /// The words of the unanswered prompts, and whom they were for.
    let pending: [String]
    /// The messages of the turns that can be restored.
    let undone: [[String]]

    /// Not the document of a session.
    struct Malformed: Error {}

    /// Reads a document.
    ///
    /// - Throws: if it is not valid, or its first line tells something else than its messages.
    init(of document: Data) throws {
        guard let object = try JSONSerialization.jsonObject(with: document) as? [String: Any],
            let messages = object["messages"] as? [[String: Any]], let pending = object["pending"] as? [[String: Any]],
            let undone = object["undone"] as? [[String: Any]], object["messageCount"] as? Int == messages.count,
            object["pendingCount"] as? Int == pending.count, object["format"] as? String == "sesh.session/1"
        else { throw Malformed() }
        func words(_ messages: [[String: Any]]) -> [String] {
            messages.map { "\($0["role"] ?? ""): \($0["content"] ?? "") \($0["status"] ?? "")" }
        }
        let settings = try JSONSerialization.data(withJSONObject: object["settings"] ?? [:], options: .sortedKeys)
        history = ["\(object["title"] ?? "")", String(decoding: settings, as: UTF8.self)] + words(messages)
        self.pending = pending.map { "\($0["content"] ?? "") \($0["model"] ?? "")" }
        self.undone = undone.map { words($0["messages"] as? [[String: Any]] ?? []) }
    }

    var description: String { "\(history) pending \(pending) undone \(undone)" }
}
