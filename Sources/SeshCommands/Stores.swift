import Platform
import SessionFiles
package import SessionKit
import SessionPostgreSQL
import SessionSQLite

/// Where sessions are kept, as `SESH_STORE` and `"store"` of the configuration say it.
package enum StoreAddress: Equatable, Sendable {
    /// A directory of JSON files.
    case directory(String)
    /// An SQLite database file.
    case sqlite(String)
    /// A PostgreSQL database, as libpq takes it.
    case postgreSQL(String)

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - text: a path or `dir:PATH`, `sqlite:PATH`, `postgres://…`, `postgresql:…`.
    ///   - home: the home directory, in the place of a leading `~`.
    /// - Throws: `CommandError` with the status `configuration` for what is none of these.
    package init(_ text: String, home: String) throws {
        func path(_ text: Substring) throws -> String {
            guard !text.isEmpty else { throw Self.unknown("it names no file") }
            return UserDirectories.expandingHome(String(text), home: home)
        }
        guard let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") else {
            self = .directory(try path(text[...]))
            return
        }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "dir": self = .directory(try path(rest))
        case "sqlite": self = .sqlite(try path(rest))
        case "postgres", "postgresql": self = .postgreSQL(text)
        case let scheme: throw Self.unknown("'\(scheme):' is none")
        }
    }

    private static func unknown(_ flaw: String) -> CommandError {
        CommandError(
            .configuration,
            "That is no store: \(flaw). A store is a path or dir:PATH, sqlite:PATH, or postgres://HOST/DATABASE.")
    }

    /// Whether it has a password in it, which everybody could read in a list of processes.
    package var hasPassword: Bool {
        if case .postgreSQL(let url) = self { PostgreSQLStore.hasPassword(url) } else { false }
    }

    /// The address as it is shown: without what may be secret.
    package var shown: String {
        switch self {
        case .directory(let path): path
        case .sqlite(let path): "sqlite:" + path
        case .postgreSQL(let url): PostgreSQLStore.redacted(url)
        }
    }
}

/// The one place where it is decided what keeps the sessions.
package struct Stores: Sendable {
    private let program: Program

    /// Chooses for a run.
    package init(_ program: Program) { self.program = program }

    /// The store of the run: the one that was handed in, else what the environment or the configuration names.
    package func chosen() throws -> any SessionStore {
        if let store = program.surroundings.store { return store }
        return open(try address())
    }

    /// Where the sessions are: `SESH_STORE`, else `SESH_DIR`, else `"store"` of the configuration, else `~/.sessions`.
    package func address() throws -> StoreAddress {
        if program.isSet("SESH_STORE"), let text = program.environment["SESH_STORE"] {
            return try StoreAddress(text, home: program.home)
        }
        if !program.isSet("SESH_DIR"), let text = try program.configuredStore() {
            return try StoreAddress(text, home: program.home)
        }
        return .directory(program.sessionsDirectory)
    }

    /// Makes the store of an address; nothing is opened or connected yet.
    package func open(_ address: StoreAddress) -> any SessionStore {
        let mayBlockThread: @Sendable () -> Bool = { ThreadExecutor.isProgramThread || KeepingThread.isCurrent }
        let now = program.surroundings.now
        switch address {
        case .directory(let path): return JSONDirectoryStore(path: path, now: now, mayBlockThread: mayBlockThread)
        case .sqlite(let path): return SQLiteStore(path: path, now: now, mayBlockThread: mayBlockThread)
        case .postgreSQL(let url): return PostgreSQLStore(url: url, now: now, mayBlockThread: mayBlockThread)
        }
    }
}
