import Foundation

/// Everything in a sessions directory.
struct SessionsSnapshot: Sendable, Equatable {
    /// The bytes of the files, by their path in the directory; nil if there is no directory.
    let files: [String: Data]?

    /// No directory.
    static let nothing = SessionsSnapshot(files: nil)

    private init(files: [String: Data]?) { self.files = files }

    /// Reads a directory.
    init(of directory: URL) throws {
        guard FileManager.default.fileExists(atPath: directory.path) else {
            files = nil
            return
        }
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: directory.path) where path != ".locks" {
            files[path] = try Data(contentsOf: directory.appending(path: path))
        }
        self.files = files
    }

    /// Makes a directory what it was.
    func restore(to directory: URL) throws {
        try? FileManager.default.removeItem(at: directory.deletingLastPathComponent())
        guard let files else { return }
        try FileManager.default.createDirectory(
            at: directory.appending(path: ".locks"), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        chmod(directory.path, 0o700)
        for (path, bytes) in files { try bytes.write(to: directory.appending(path: path)) }
    }

    /// The sessions' documents, by id.
    var documents: [String: Data] {
        let sessions = (files ?? [:]).filter { $0.key.hasSuffix(".json") }
        return Dictionary(uniqueKeysWithValues: sessions.map { (String($0.key.dropLast(5)), $0.value) })
    }

    /// The temporaries that have been left.
    var temporaries: [String] { (files ?? [:]).keys.filter { $0.hasSuffix(".tmp") } }

    /// What the sessions hold, without times, counters and generated names.
    ///
    /// - Throws: if a document is not valid, or its first line tells something else than its messages.
    func contents() throws -> [String: String] { try documents.mapValues(Self.content) }

    private struct Malformed: Error {}

    private static func content(of document: Data) throws -> String {
        guard let object = try JSONSerialization.jsonObject(with: document) as? [String: Any],
            let messages = object["messages"] as? [[String: Any]], let pending = object["pending"] as? [[String: Any]],
            let undone = object["undone"] as? [[String: Any]], object["messageCount"] as? Int == messages.count,
            object["pendingCount"] as? Int == pending.count, object["format"] as? String == "sesh.session/1"
        else { throw Malformed() }
        func words(_ messages: [[String: Any]]) -> [String] {
            messages.map { "\($0["role"] ?? ""): \($0["content"] ?? "") \($0["status"] ?? "")" }
        }
        let settings = try JSONSerialization.data(withJSONObject: object["settings"] ?? [:], options: .sortedKeys)
        return """
            \(object["title"] ?? "") \(String(decoding: settings, as: UTF8.self))
            \(words(messages)) pending \(pending.map { "\($0["content"] ?? "") \($0["model"] ?? "")" })
            undone \(undone.map { words($0["messages"] as? [[String: Any]] ?? []) })
            """
    }
}
