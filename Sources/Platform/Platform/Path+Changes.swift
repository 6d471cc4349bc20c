#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension Path {
    /// Removes a file; one that is not there, or can't be removed, stays.
    package static func remove(_ path: String) { _ = unlink(path) }

    /// The path from the root; one that can't be known stays as it is.
    ///
    /// - Parameter path: absolute, or from the working directory.
    package static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }

    /// The directory that something is in; the root for what has none.
    ///
    /// - Parameter path: absolute.
    package static func parent(of path: String) -> String {
        let parts = path.split(separator: "/")
        return "/" + parts.dropLast().joined(separator: "/")
    }
}
