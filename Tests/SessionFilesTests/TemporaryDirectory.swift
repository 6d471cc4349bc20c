import Foundation

/// A directory of a test's own, under TMPDIR, removed when the test ends.
struct TemporaryDirectory {
    let root: String

    static func with<Result>(_ body: (TemporaryDirectory) async throws -> Result) async throws -> Result {
        let root = FileManager.default.temporaryDirectory.path + "/sesh-test-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: root, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: root) }
        return try await body(TemporaryDirectory(root: root))
    }

    func path(_ name: String) -> String { "\(root)/\(name)" }
}
