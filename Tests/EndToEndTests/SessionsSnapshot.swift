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

    /// What the sessions hold, by id.
    ///
    /// - Throws: if a document is not valid, or its first line tells something else than its messages.
    func contents() throws -> [String: SessionContent] { try documents.mapValues { try SessionContent(of: $0) } }
}
