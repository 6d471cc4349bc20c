import Foundation

/// A directory for a test's sockets, removed with the value that names it.
///
/// It is made under /tmp when the usual place is too deep: a socket's path has 104 bytes on Darwin.
final class SocketDirectory {
    let path: String

    init() throws {
        let usual = FileManager.default.temporaryDirectory.path
        let base = usual.utf8.count < 60 ? usual : "/tmp"
        path = base + "/s-" + UUID().uuidString.prefix(13)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
