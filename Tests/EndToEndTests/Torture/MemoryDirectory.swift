import Foundation

/// A directory of its own in memory, removed with its owner; an ordinary temporary one where there is no such place.
///
/// For tests of what processes do to each other: there a sync costs nothing, so they do a hundred times as much of it.
final class MemoryDirectory: Sendable {
    /// The directory.
    let path: String

    init() throws {
        let shared = "/dev/shm"
        let parent =
            FileManager.default.isWritableFile(atPath: shared)
            ? shared : FileManager.default.temporaryDirectory.path
        path = parent + "/sesh-test-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
