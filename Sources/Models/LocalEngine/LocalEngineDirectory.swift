import Platform
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The directory that holds the engines' sockets, locks, leases and logs.
///
/// Anybody who can write to it could put their own socket there and read every prompt, so it belongs to the user and
/// has mode 0700.
struct LocalEngineDirectory: Sendable {
    /// The absolute path.
    let path: String

    /// Finds the directory, and creates it if it is missing: `$XDG_RUNTIME_DIR/sesh`, else `/tmp/sesh-<uid>`.
    init(_ configuration: LocalEngineConfiguration) throws(LocalEngineError) {
        path = Self.choose(configuration)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw LocalEngineError(
                .inputOutput, "The directory \(path), for the local model's socket, can't be made.",
                cause: SystemError("mkdir"))
        }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            throw LocalEngineError(
                .inputOutput, "The directory \(path), for the local model's socket, can't be examined.",
                cause: SystemError("lstat"))
        }
        guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == configuration.userID else {
            throw LocalEngineError(
                .unsafeDirectory,
                "\(path), for the local model's socket, isn't a directory of yours; remove it or set XDG_RUNTIME_DIR.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw LocalEngineError(
                .unsafeDirectory, "\(path), for the local model's socket, is open to others; chmod 700 \(path)")
        }
    }

    /// The runtime directory is used only if it belongs to the user (under `sudo -E` it does not) and is short enough
    /// for a socket's path.
    private static func choose(_ configuration: LocalEngineConfiguration) -> String {
        let fallback = "/tmp/sesh-\(configuration.userID)"
        guard let runtime = configuration.directories.runtime else { return fallback }
        var status = stat()
        guard stat(runtime, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == configuration.userID,
            LocalEngineSocketAddress.fits(runtime + "/sesh/0123456789abcdef.sock")
        else { return fallback }
        return runtime + "/sesh"
    }

    func socket(_ key: String) -> String { "\(path)/\(key).sock" }
    func lease(_ key: String) -> String { "\(path)/\(key).lease" }
    func lock(_ key: String) -> String { "\(path)/\(key).lock" }
    func log(_ key: String) -> String { "\(path)/\(key).log" }
}
