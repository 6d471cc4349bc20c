public import SessionKit

/// A store that keeps its sessions as rows of an SQL database; what it does is the same over all of them.
public protocol SQLStore: SessionStore {
    /// The database.
    var database: SQLDatabase { get }
}
