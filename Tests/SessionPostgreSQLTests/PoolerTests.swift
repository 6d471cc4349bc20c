import SessionKitTesting
import Foundation
import SeshTestSupport
import SessionKit
import SessionPostgreSQL
import Testing

/// pgbouncer in transaction mode: each transaction may get another server process.
@Suite(
    "The PostgreSQL store keeps the contract behind pgbouncer",
    .enabled(
        if: PostgreSQLServer.programs != nil && Pooler.program != nil,
        "PostgreSQL's server or pgbouncer is not installed: apt-get install postgresql pgbouncer"))
struct PoolerTests {
    @Test(arguments: SessionStoreContract.rules)
    func keeps(_ rule: SessionStoreContract.Rule) async throws {
        let clock = SettableClock()
        let server = try PostgreSQLServer.shared.get()
        let pooler = try Pooler.shared.get()
        let url = try await server.makeUser().replacingOccurrences(of: server.directory, with: pooler.directory)
        try await rule.check(
            SessionStoreContract(
                clock, store: PostgreSQLStore(url: url, now: clock.now),
                elsewhere: PostgreSQLStore(url: url, now: clock.now)))
    }
}

/// A pgbouncer of this process, with two connections to the server for each user.
final class Pooler: Sendable {
    static let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static let shared = Result { try Pooler(to: PostgreSQLServer.shared.get()) }

    /// The folder with its socket.
    let directory: String
    private let control: FileHandle

    private init(to server: PostgreSQLServer) throws {
        directory = "/tmp/sesh-bouncer-\(getpid())"
        let settings = """
            [databases]
            * = host=\(server.directory)
            [pgbouncer]
            unix_socket_dir = \(directory)
            listen_port = 5432
            pool_mode = transaction
            default_pool_size = 2
            max_client_conn = 500
            auth_type = any
            logfile = \(directory)/log
            """
        // With `auth_type = any` everybody is one user; the real one has to be let through.
        let own = settings.replacingOccurrences(
            of: "auth_type = any", with: "auth_type = trust\nauth_file = \(directory)/users")
        let users = (1...999).map { "\"user_\($0)\" \"\"" }.joined(separator: "\n")
        let script = """
            mkdir \(directory) && cd \(directory)
            cat >settings <<'END'
            \(own)
            END
            cat >users <<'END'
            \(users)
            END
            \(Self.program ?? "pgbouncer") settings >/dev/null 2>&1 </dev/null &
            cat >/dev/null
            kill -INT $!
            wait $!
            rm -rf \(directory)
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: geteuid() == 0 ? "/usr/sbin/runuser" : "/bin/sh")
        process.arguments = geteuid() == 0 ? ["-u", "postgres", "--", "/bin/sh", "-c", script] : ["-c", script]
        let pipe = Pipe()
        process.standardInput = pipe
        control = pipe.fileHandleForWriting
        try process.run()
        let socket = directory + "/.s.PGSQL.5432"
        for _ in 0..<400 where !FileManager.default.fileExists(atPath: socket) { usleep(25_000) }
    }
}
