package import Foundation
import Testing

/// A home directory of a test, with the sessions and configurations in it, read by another program's rules.
package protocol SessionHome {
    /// The home directory.
    var root: URL { get }
}

extension SessionHome {
    /// The sessions directory.
    package var sessions: URL { root.appending(path: ".sessions") }

    /// The file of a session.
    package func file(_ id: String) -> URL { sessions.appending(path: id + ".json") }

    /// Writes a configuration file.
    ///
    /// - Returns: the environment that names it.
    package func configure(_ text: String) throws -> [String: String] {
        let path = root.appending(path: "config-\(UUID().uuidString.prefix(8)).json")
        try Data(text.utf8).write(to: path)
        return ["SESH_CONFIG": path.path]
    }

    /// A session's document, read by another program's rules.
    package func document(_ id: String) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file(id)))
        return try #require(object as? [String: Any])
    }

    /// A session's messages.
    package func messages(_ id: String) throws -> [[String: Any]] {
        try #require(try document(id)["messages"] as? [[String: Any]])
    }

    /// The words of a session's messages.
    package func contents(_ id: String) throws -> [String] { try messages(id).compactMap { $0["content"] as? String } }
}
