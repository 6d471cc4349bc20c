import ArgumentParser
import Platform
import SessionFiles
import SessionKit
import SessionPostgreSQL
import SessionSQLite

/// The command `sesh store`.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Prepare and look at what keeps the sessions.",
        discussion: """
            A store is a directory (the default), sqlite:PATH or postgres://HOST/DATABASE, named by SESH_STORE or "store" in \
            the configuration.
            """,
        subcommands: [InitStoreCommand.self, MigrateStoreCommand.self, StoreStatusCommand.self],
        defaultSubcommand: StoreStatusCommand.self)
}

/// What `init` and `migrate` share: the tables of a PostgreSQL database.
struct TableArguments: ParsableArguments {
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp(
            "The user that programs connect as, which should own no table; unless given, the one who is connected.",
            valueName: "role"))
    var role: String?

    @Flag(name: .customLong("print"), help: "Write the SQL instead of running it.")
    var prints = false

    /// Makes the tables, or brings them up to date.
    func prepare(in program: Program, done: String) async throws {
        if prints { return try program.output.write(PostgreSQLSchema.script(for: role)) }
        let stores = Stores(program)
        let address = try stores.address()
        guard let store = stores.open(address) as? PostgreSQLStore else {
            return program.notice("\(address.shown) needs no preparing; it is made on first use.")
        }
        try await store.prepare(for: role)
        program.notice("\(done) \(address.shown).")
    }
}

/// The command `sesh store init`.
struct InitStoreCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make the tables of a PostgreSQL database, and let a user at them.")

    @OptionGroup var tables: TableArguments

    func run(in program: Program) async throws {
        try await tables.prepare(in: program, done: "Sessions can be kept in")
    }
}

/// The command `sesh store migrate`.
struct MigrateStoreCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the tables of a PostgreSQL database up to date.")

    @OptionGroup var tables: TableArguments

    func run(in program: Program) async throws { try await tables.prepare(in: program, done: "Up to date:") }
}

/// The command `sesh store status`, which `sesh store` means.
struct StoreStatusCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say what keeps the sessions, and whether it can be reached.")

    func run(in program: Program) async throws {
        let stores = Stores(program)
        let address = try stores.address()
        let page = try await program.manager().list(limit: 1)
        let count = page.total
        try program.output.writeLine("\(address.shown): \(count) session\(count == 1 ? "" : "s")")
        guard let store = stores.open(address) as? PostgreSQLStore else { return }
        for line in Self.promises(try await store.status()) { try program.output.writeLine(line) }
    }

    /// What the server promises of what it has acknowledged, and what it does not.
    private static func promises(_ status: PostgreSQLStatus) -> [String] {
        [
            "PostgreSQL \(status.serverVersion), as \(status.user)",
            status.survivesPowerCuts
                ? "what is saved survives a power cut"
                : "a POWER CUT MAY LOSE what is saved: fsync or full_page_writes is off",
            status.survivesFailover
                ? "what is saved is on a replica too" : "a failover to a replica may lose the last turns",
            status.isReplica ? "this is a replica, which takes no changes" : nil,
            status.passesPolicies
                ? "this user is not held back by row level security; programs should connect as another" : nil,
        ].compactMap(\.self)
    }
}
