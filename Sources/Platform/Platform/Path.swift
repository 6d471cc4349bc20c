#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Questions about paths.
package enum Path {
    /// Whether anything exists at a path; a link counts as its target.
    package static func exists(_ path: String) -> Bool { kind(path) != nil }

    /// Whether it is a regular file, or a link to one.
    package static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

    /// Whether it is a directory, or a link to one.
    package static func isDirectory(_ path: String) -> Bool { kind(path) == S_IFDIR }

    /// Whether this user may read it.
    package static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// Whether it is a file that this user may run.
    package static func isProgram(_ path: String) -> Bool { isFile(path) && access(path, X_OK) == 0 }

    /// Searches `PATH` for a program.
    ///
    /// - Parameters:
    ///   - name: its name, without a slash.
    ///   - environment: holds `PATH`; relative entries are skipped, since the program must not depend on the working
    ///     directory.
    /// - Returns: the absolute path; nil if there is none that this user may run.
    package static func ofProgram(_ name: String, environment: [String: String]) -> String? {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").lazy
            .filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first(where: isProgram)
    }

    /// A path quoted for a shell, whatever its characters (POSIX, "Quoting").
    package static func quotedForShell(_ path: String) -> String {
        "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }
}

/// A directory for this user alone, and its parents.
///
/// FileManager creates missing parents with the umask's mode and changes modes afterwards, so that for a moment, or
/// under a lax umask for ever, others could put files there.
package struct PrivatePath {
    private let path: String

    /// Makes a value for an absolute path.
    package init(path: String) { self.path = path }

    /// Creates the directory and its parents, as far as they are missing, with mode 0700 (XDG Base Directory
    /// Specification, "Referencing this specification").
    ///
    /// - Returns: whether the directory exists now.
    package func make() -> Bool {
        var partial = ""
        for part in path.split(separator: "/") {
            partial += "/" + part
            guard mkdir(partial, 0o700) == 0 || [EEXIST, EISDIR, EROFS, EACCES, EPERM].contains(errno) else {
                return false
            }
        }
        return Path.isDirectory(path)
    }
}

/// The user whose files are this process's own.
package enum User {
    /// Its number.
    package static var current: UInt32 { geteuid() }
}
