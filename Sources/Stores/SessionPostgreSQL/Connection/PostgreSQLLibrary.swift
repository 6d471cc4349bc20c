internal import CPostgreSQL
import SessionKit

/// libpq, opened on first use.
enum PostgreSQLLibrary {
    /// Its file names, the usual one first.
    static let names = ["libpq.so.5", "libpq.5.dylib", "/opt/homebrew/opt/libpq/lib/libpq.5.dylib"]

    /// Opens the first library there is; costs next to nothing when that was done before.
    ///
    /// - Parameter names: file names to try.
    /// - Throws: `SessionError` with `storeMisconfigured`, which names the package.
    static func load(names: [String] = names) throws(SessionError) {
        var reasons: [String] = []
        for name in names {
            var reason = [CChar](repeating: 0, count: 512)
            if sesh_pg_load(name, &reason, reason.count) { return }
            reasons.append(String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        // A library that is there but too old lacks a symbol, and says so.
        let old = reasons.first { $0.contains("undefined symbol") || $0.contains("symbol not found") }
        let problem = old == nil ? "is not installed" : "is too old; version 14 or later is needed"
        throw SessionError(
            .storeMisconfigured,
            "PostgreSQL's client library (libpq) \(problem); on Debian and Ubuntu: apt-get install libpq5, "
                + "on macOS: brew install libpq.",
            cause: LibraryMissing(reason: old ?? reasons.first ?? ""))
    }
}

/// What the system said of a library.
struct LibraryMissing: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
