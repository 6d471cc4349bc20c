internal import CSQLite
import SessionKit

/// libsqlite3, opened on first use.
enum SQLiteLibrary {
    /// Its file names, the usual one first.
    static let names = ["libsqlite3.so.0", "/usr/lib/libsqlite3.dylib"]

    /// The oldest that will do: strict tables came with 3.37.
    private static let oldest: Int32 = 3_037_000

    /// Opens the first library there is; costs next to nothing when that was done before.
    ///
    /// - Parameter names: file names to try.
    /// - Throws: `SessionError` with `storeMisconfigured`, which names the package.
    static func load(names: [String] = names) throws(SessionError) {
        var reasons: [String] = []
        for name in names {
            var reason = [CChar](repeating: 0, count: 512)
            if sesh_sqlite_load(name, &reason, reason.count) {
                guard sesh_sqlite_version() >= oldest else { break }
                return
            }
            reasons.append(String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        let problem = reasons.count == names.count ? "is not installed" : "is too old; version 3.37 or later is needed"
        throw SessionError(
            .storeMisconfigured,
            "SQLite (libsqlite3) \(problem); on Debian and Ubuntu: apt-get install libsqlite3-0, on macOS: brew install sqlite.",
            cause: reasons.first.map { LibraryMissing(reason: $0) })
    }
}

/// What the system said of a library.
struct LibraryMissing: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
