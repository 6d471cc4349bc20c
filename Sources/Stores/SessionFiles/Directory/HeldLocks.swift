internal import Platform

/// Locks of one session or two, until this is let go.
///
/// A lock excludes others only as long as they come by the same way to the same file: the path to the directory, the
/// folder of locks in it, the lock's name. Each may change while somebody waits or writes: a link is switched to another
/// disk, somebody removes `.locks`. So that is checked once the lock is granted, and again right before a change.
struct HeldLocks: ~Copyable {
    /// The folder of locks, in which the leases of turns are too.
    let folder: OpenFile
    private let sessions: FileIdentity
    private let first: StripeLock
    private let second: StripeLock?

    /// Takes over locks that are held.
    ///
    /// - Parameters:
    ///   - sessions: the sessions directory that they are in.
    ///   - folder: its folder of locks.
    ///   - first: the lock.
    ///   - second: the other lock, if there are two.
    init(
        of sessions: FileIdentity, folder: consuming OpenFile, first: consuming StripeLock,
        second: consuming StripeLock?
    ) {
        self.sessions = sessions
        self.folder = folder
        self.first = first
        self.second = second
    }

    /// Checks that whoever wants to change these sessions now would have to wait for these locks.
    ///
    /// - Parameter directory: the directory that is to be changed.
    /// - Throws: `LocksLost` if not; `SystemCallError` if that can't be known.
    func check(in directory: borrowing SessionFolder) throws {
        guard directory.identity == sessions, try directory.isAtItsPath(),
            try directory.hasLocks(folder.status().identity), try first.isNamed(in: folder)
        else { throw LocksLost() }
        if let isNamed = try second?.isNamed(in: folder), !isNamed { throw LocksLost() }
    }
}

/// A locked file that stands for some of the sessions.
struct StripeLock: ~Copyable {
    let name: String
    let file: OpenFile

    /// Whether the name still leads to this file.
    func isNamed(in folder: borrowing OpenFile) throws(SystemCallError) -> Bool {
        try folder.status(of: name)?.identity == file.status().identity
    }
}

/// What guarded a change guards it no more, or somebody has changed the file regardless: to be begun anew.
struct LocksLost: Error {}
