#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A program that is found along `PATH`.
package enum InstalledProgram {
    /// Looks for a program.
    ///
    /// - Parameters:
    ///   - name: its name, without a slash.
    ///   - environment: where `PATH` is; its relative entries are skipped, since what is run must not depend on where
    ///     this process was started.
    /// - Returns: the absolute path; nil if there is none that this user may run.
    package static func path(of name: String, environment: [String: String]) -> String? {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").lazy
            .filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first { path in
                var status = stat()
                return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
            }
    }
}
