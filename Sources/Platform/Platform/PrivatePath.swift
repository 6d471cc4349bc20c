#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A directory for this user alone, and what leads to it.
///
/// FileManager makes the missing parents as the umask says and changes the modes afterwards, so that for a moment, or
/// under a lax umask for ever, others could put files there.
package struct PrivatePath {
    private let path: String

    /// Takes a path, which is absolute.
    package init(path: String) { self.path = path }

    /// Makes the directory and what leads to it, as far as they are missing, with mode 0700 (XDG Base Directory
    /// Specification, "Referencing this specification").
    ///
    /// - Returns: whether there is such a directory now.
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
