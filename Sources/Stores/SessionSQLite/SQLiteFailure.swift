internal import CSQLite
import SessionKit

/// A call of SQLite that failed: its result code and its words.
struct SQLiteFailure: Error, CustomStringConvertible {
    /// The result code, without what its extended form adds.
    let code: Int
    /// What SQLite said.
    let words: String

    var description: String { "\(words) [\(code)]" }

    /// Makes a failure of an extended result code.
    init(_ code: Int32, words: String) {
        self.code = Int(code & 0xFF)
        self.words = words
    }

    /// Whether somebody else has the database, or has changed it since a transaction began.
    var isBusy: Bool { code == sesh_sqlite_busy }

    /// Whether the connection should not be used again.
    var endsConnection: Bool { [sesh_sqlite_io_error, sesh_sqlite_corrupt, sesh_sqlite_not_a_database].contains(code) }

    /// The error that a store throws.
    ///
    /// - Parameters:
    ///   - path: the database.
    ///   - isChange: whether it was to be changed.
    func error(of path: String, isChange: Bool) -> SessionError {
        let end = isChange ? " NOT SAVED." : ""
        func error(_ code: SessionError.Code, _ words: String) -> SessionError {
            SessionError(code, words + end, cause: self)
        }
        switch code {
        case sesh_sqlite_busy:
            return error(
                .busy, "Another program has been changing '\(path)' for more than 30 seconds; try again later.")
        case sesh_sqlite_full: return error(isChange ? .notSaved : .unreadable, "The disk with '\(path)' is full.")
        case sesh_sqlite_read_only:
            return error(.storeMisconfigured, "'\(path)' may not be written to; check its mode and owner.")
        case sesh_sqlite_cannot_open:
            return error(
                isChange ? .notSaved : .unreadable, "'\(path)' can't be opened; check the path, its mode and its owner."
            )
        case sesh_sqlite_corrupt, sesh_sqlite_not_a_database:
            return error(.malformed, "'\(path)' is no SQLite database, or a damaged one; it stands as it was.")
        case sesh_sqlite_too_big:
            return error(isChange ? .notSaved : .unreadable, "A text is too long for '\(path)'.")
        default: return error(isChange ? .notSaved : .unreadable, "'\(path)' could not be used: \(words).")
        }
    }
}
