#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import SessionKit
public import SessionSQL

/// Sessions in an SQLite database file, for one machine with very many or very long sessions.
///
/// Any number of processes share the file. A change is on the disk when a method returns. Changes go one after another, each
/// awaited for up to 30 seconds; readers wait for nobody. A turn is live as long as the process that began it lives: a
/// locked file beside the database, in `PATH-live`, tells.
///
/// The file, of mode 0600, and its directory are made on first use. It has to be on a local file system.
public final class SQLiteStore: SQLStore {
    /// The database.
    public let database: SQLDatabase
    /// The file.
    public let path: String

    /// Makes a store; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - path: the file, absolute or from the working directory.
    ///   - now: the clock by which changes are dated.
    public convenience init(path: String, now: @escaping @Sendable () -> Date = { Date() }) {
        self.init(path: path, now: now, mayBlockThread: { false })
    }

    /// Makes a store for a program that has a thread to wait on; nothing is read or written yet.
    ///
    /// - Parameters:
    ///   - path: the file, absolute or from the working directory.
    ///   - now: the clock by which changes are dated.
    ///   - mayBlockThread: whether the current thread is one that may wait, and is none of Swift's pool.
    package init(
        path: String, now: @escaping @Sendable () -> Date = { Date() }, mayBlockThread: @escaping @Sendable () -> Bool
    ) {
        self.path = path
        database = SQLDatabase(SQLiteEngine(path: path, mayBlockThread: mayBlockThread), threads: 8, now: now)
    }
}
