#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import SessionKit
public import SessionSQL

/// Sessions in a PostgreSQL database, for programs on many machines.
///
/// A turn is durable on the server that acknowledged it when a method returns; a replica that is promoted without it may not
/// have it. A turn is live as long as its holder renews a lease, 45 seconds by the server's clock; whoever lost one is told
/// so when its answer comes, and never writes into what another has taken up.
///
/// The tables have to be there: `prepare(for:)` makes them.
public final class PostgreSQLStore: SQLStore {
    /// The database.
    public let database: SQLDatabase
    /// The database as it is shown: its URL without a password.
    public let name: String

    private let engine: PostgreSQLEngine

    /// Makes a store; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - url: `postgres://…`, or a connection string as libpq takes it. What it leaves out comes from where PostgreSQL's
    ///     own tools take it.
    ///   - password: asked for the password whenever a connection is made; nil where it comes from elsewhere.
    ///   - now: the clock by which changes are dated.
    public convenience init(
        url: String, password: (@Sendable () throws -> String)? = nil, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.init(url: url, password: password, now: now, mayBlockThread: { false })
    }

    /// Makes a store for a program that has a thread to wait on; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - url: as above.
    ///   - password: as above.
    ///   - now: the clock by which changes are dated.
    ///   - mayBlockThread: whether the current thread is one that may wait, and is none of Swift's pool.
    ///   - patience: how long a statement may take, and a lock is awaited.
    ///   - heartbeat: how often the claim on a turn is renewed.
    package init(
        url: String, password: (@Sendable () throws -> String)? = nil, now: @escaping @Sendable () -> Date = { Date() },
        mayBlockThread: @escaping @Sendable () -> Bool, patience: Duration = .seconds(30),
        heartbeat: Duration = .seconds(15)
    ) {
        engine = PostgreSQLEngine(
            PostgreSQLAddress(url), password: password, patience: patience, heartbeat: heartbeat,
            mayBlockThread: mayBlockThread)
        name = engine.address.description
        database = SQLDatabase(engine, threads: 8, now: now)
    }

    /// Whether the URL has a password in it, which everybody could read in a list of processes.
    ///
    /// - Parameter url: a URL or connection string.
    public static func hasPassword(_ url: String) -> Bool { PostgreSQLAddress(url).hasPassword }

    /// A URL without what may be secret in it.
    ///
    /// - Parameter url: a URL or connection string.
    public static func redacted(_ url: String) -> String { PostgreSQLAddress(url).description }

    /// Makes the tables, or brings them up to date, and lets a user at them.
    ///
    /// - Parameter role: the user that programs connect as; nil for the one who is connected.
    /// - Throws: `SessionError`.
    public func prepare(for role: String? = nil) async throws {
        try await database.waiting { [engine] in try engine.prepare(for: role) }
    }

    /// Checks that the database can be reached and has the tables that this version needs.
    ///
    /// - Throws: `SessionError`.
    public func check() async throws {
        try await database.waiting { [engine] in
            try engine.read { _ = try $0.run([SQLStatement("SELECT 1", [])]) }
        }
    }

    /// Asks the server what it promises of what it has acknowledged.
    ///
    /// - Throws: `SessionError`.
    public func status() async throws -> PostgreSQLStatus {
        try await database.waiting { [engine] in try engine.status() }
    }
}
