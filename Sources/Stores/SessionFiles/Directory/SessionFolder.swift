internal import Platform
import CSystem
import SessionKit

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The sessions directory, opened for one operation.
struct SessionFolder: ~Copyable {
    /// Its path as the store was given it.
    let path: String
    /// Which directory it is.
    let identity: FileIdentity
    private let file: OpenFile
    private static let locksName = ".locks"

    /// Opens the directory and checks that nobody else can change what is in it.
    ///
    /// - Returns: nil if there is none.
    /// - Throws: `SystemCallError`, and `SessionError` with `unsafeDirectory` or, for a link that leads nowhere, `unreadable`.
    static func open(_ path: String) throws -> SessionFolder? {
        do {
            return try SessionFolder(path: path, file: OpenFile(directory: path))
        } catch let error as SystemCallError where error.isNotFound {
            guard isLink(path) else { return nil }
            throw SessionError(
                .unreadable,
                "The sessions directory '\(path)' is a symbolic link that leads nowhere. Make the directory that it "
                    + "leads to, or mount its disk, or remove the link.", cause: error)
        }
    }

    /// Opens the directory, making it and what leads to it if need be, with mode 0700; `openLocks()` makes that durable.
    static func make(_ path: String) throws -> SessionFolder {
        if let folder = try open(path) { return folder }
        do {
            try makeDirectories(path)
        } catch {
            throw SessionError(.notSaved, "The sessions directory '\(path)' can't be made. NOT SAVED.", cause: error)
        }
        guard let folder = try open(path) else {
            throw SessionError(.notSaved, "The sessions directory '\(path)' was removed. NOT SAVED.")
        }
        return folder
    }

    private init(path: String, file: consuming OpenFile) throws {
        let status = try file.status()
        let quoted = Path.quotedForShell(path)
        guard status.st_uid == User.current else {
            throw SessionError(
                .unsafeDirectory,
                "The sessions directory '\(path)' belongs to another user (\(status.st_uid)). "
                    + "Use a directory of your own, or make this one yours: chown \(User.current) \(quoted)")
        }
        guard status.st_mode & 0o022 == 0 else {
            throw SessionError(
                .unsafeDirectory,
                "Other users can change the sessions directory '\(path)' (mode \(String(status.st_mode & 0o7777, radix: 8))). "
                    + "Make it yours alone: chmod 700 \(quoted)")
        }
        try Self.checkAncestors(of: file, status)
        self.path = path
        self.file = file
        identity = status.identity
    }

    /// Checks that nobody else can put another directory in the place of this one.
    ///
    /// Where others may write, the sticky bit keeps them from what is not theirs (inode(7)). The user's own group is taken
    /// for one of this user alone, as it is on most systems, where umask 002 makes every directory writable for it.
    private static func checkAncestors(of file: borrowing OpenFile, _ status: stat) throws {
        var below = status.identity
        var way = ".."
        while let above = try statusAbove(file, way), above.identity != below {
            let isOthers = above.st_mode & 0o002 != 0 || above.st_mode & 0o020 != 0 && above.st_gid != getegid()
            guard !isOthers || above.st_mode & S_ISVTX != 0 else {
                let place = realPath("\(file.path)/\(way)")
                throw SessionError(
                    .unsafeDirectory,
                    "Other users can change the directory '\(place)' (mode \(String(above.st_mode & 0o7777, radix: 8))), in "
                        + "which the sessions directory '\(file.path)' is, and so put another in its place. Make it yours "
                        + "alone: chmod go-w \(Path.quotedForShell(place))")
            }
            below = above.identity
            way += "/.."
        }
    }

    /// The status of a directory above; nil if it can't be reached, so that nothing can be known of those above it.
    private static func statusAbove(_ file: borrowing OpenFile, _ way: String) throws(SystemCallError) -> stat? {
        do {
            return try file.status(of: way)
        } catch {
            if error.code == EACCES { return nil }
            throw error
        }
    }

    private static func realPath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether its path still leads to this directory.
    func isAtItsPath() throws(SystemCallError) -> Bool {
        var status = stat()
        do {
            try retried("fstatat", path) { fstatat(AT_FDCWD, path, &status, 0) }
        } catch {
            if [ENOENT, ENOTDIR, ELOOP].contains(error.code) { return false }
            throw error
        }
        return status.identity == identity
    }

    /// Whether its folder of locks is this one.
    func hasLocks(_ locks: FileIdentity) throws(SystemCallError) -> Bool {
        try status(of: Self.locksName)?.identity == locks
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    private static func makeDirectories(_ path: String) throws(SystemCallError) {
        do {
            try makeDirectory(path)
        } catch {
            guard error.isNotFound, let parent = parent(of: path) else { throw error }
            try makeDirectories(parent)
            try makeDirectory(path)
        }
    }

    private static func makeDirectory(_ path: String) throws(SystemCallError) {
        do {
            try retried("mkdir", path) { mkdir(path, 0o700) }
        } catch {
            // Another process may have been quicker.
            if !error.isTaken { throw error }
        }
    }

    private static func parent(of path: String) -> String? {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        while parts.last?.isEmpty == true { parts.removeLast() }
        guard parts.count > 1 else { return nil }
        return parts.dropLast().joined(separator: "/")
    }

    /// An entry's path, for messages.
    func path(of name: String) -> String { "\(path)/\(name)" }

    /// Opens an entry.
    func openFile(_ name: String, _ access: FileAccess) throws(SystemCallError) -> OpenFile {
        try OpenFile(name, in: file.descriptor, path: path(of: name), access)
    }

    /// What the system knows of an entry, a link itself rather than what it leads to; nil if there is none.
    func status(of name: String) throws(SystemCallError) -> stat? { try file.status(of: name) }

    /// Renames an entry.
    ///
    /// - Parameter exclusively: whether it fails with `EEXIST` if the new name is taken, instead of replacing.
    func rename(_ name: String, to newName: String, exclusively: Bool = false) throws(SystemCallError) {
        let call = exclusively ? "renameat2" : "renameat"
        try retried(call, path(of: newName)) {
            exclusively
                ? sesh_rename_exclusive(file.descriptor, name, newName)
                : renameat(file.descriptor, name, file.descriptor, newName)
        }
    }

    /// Removes an entry.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    func remove(_ name: String) throws(SystemCallError) -> Bool { try file.remove(name) }

    /// Makes renames and removals durable.
    func synchronize() throws(SystemCallError) { try file.synchronize() }

    /// Opens the directory's folder of locks, making it if need be.
    ///
    /// Where it is, the directory is durable. A process that makes the directory may die before it makes that durable,
    /// and the next one finds a directory like any other: so whoever makes this folder sees to it first.
    func openLocks() throws(SystemCallError) -> OpenFile {
        if let locks = try existingLocks() { return locks }
        try file.synchronizeAncestors()
        do {
            try retried("mkdirat", path(of: Self.locksName)) { mkdirat(file.descriptor, Self.locksName, 0o700) }
            // As for files: the umask may have taken the owner's permissions away.
            _ = try? retried("fchmodat", path(of: Self.locksName)) {
                fchmodat(file.descriptor, Self.locksName, 0o700, 0)
            }
        } catch {
            if !error.isTaken { throw error }
        }
        return try openFile(Self.locksName, [.read, .directory])
    }

    /// Opens the directory's folder of locks; nil if there is none.
    func existingLocks() throws(SystemCallError) -> OpenFile? {
        do {
            return try openFile(Self.locksName, [.read, .directory])
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// The ids of all entries that have a session's place, in no order.
    func sessionIDs() throws(SystemCallError) -> [SessionID] {
        try ids { $0.hasSuffix(".json") ? $0.dropLast(5) : nil }
    }

    /// The ids of all sessions that have a temporary, in no order.
    func temporaryIDs() throws(SystemCallError) -> [SessionID] {
        try ids { $0.hasPrefix(".") && $0.hasSuffix(".tmp") ? $0.dropFirst().dropLast(4) : nil }
    }

    private func ids(_ part: (String) -> Substring?) throws(SystemCallError) -> [SessionID] {
        var ids: [SessionID] = []
        try DirectoryListing(of: file).forEach { name in
            guard let text = part(name), let id = try? SessionID(String(text)) else { return }
            ids.append(id)
        }
        return ids
    }
}
