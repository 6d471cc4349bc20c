#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What is at a path.
package enum Path {
    /// Whether anything is there.
    package static func exists(_ path: String) -> Bool { kind(path) != nil }

    /// Whether a file is there, or a link to one.
    package static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

    /// Whether a directory is there, or a link to one.
    package static func isDirectory(_ path: String) -> Bool { kind(path) == S_IFDIR }

    /// Whether this user may read what is there.
    package static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// Whether a file is there that this user may run.
    package static func isProgram(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

    /// Looks for a program.
    ///
    /// - Parameters:
    ///   - name: its name, without a slash.
    ///   - environment: where `PATH` is; its relative entries are skipped, since what is run must not depend on where
    ///     this process was started.
    /// - Returns: the absolute path; nil if there is none that this user may run.
    package static func ofProgram(_ name: String, environment: [String: String]) -> String? {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").lazy
            .filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first(where: isProgram)
    }

    /// A path as a shell takes it, whatever is in it (POSIX, "Quoting").
    package static func quotedForShell(_ path: String) -> String {
        "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}
