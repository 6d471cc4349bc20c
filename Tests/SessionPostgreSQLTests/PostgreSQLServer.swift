import Foundation
import Platform
import SeshTestSupport
import SessionKit
import SessionPostgreSQL
import Synchronization

/// A PostgreSQL server for the tests of this process: a cluster of its own in a temporary folder, on a UNIX socket.
///
/// It ends with this process, however that ends: its shell waits for the end of a pipe that only this process holds.
final class PostgreSQLServer: Sendable {
    /// Where its programs are; nil if the server is not installed.
    static let programs: String? = {
        let folder = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let places = versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(folder)/\($0)/bin" }
        return (places + ["/opt/homebrew/bin", "/usr/local/bin", "/usr/bin"]).first {
            FileManager.default.isExecutableFile(atPath: $0 + "/initdb")
        }
    }()

    /// The server that tests share, each with a user of its own.
    static let shared = Result { try PostgreSQLServer() }

    /// Its folder, which has the socket too.
    let directory: String
    private let control: FileHandle
    private let users = Mutex(0)

    /// Starts a server.
    ///
    /// - Parameter options: what is configured beside the socket.
    init(options: String = "-c fsync=off") throws {
        guard let programs = Self.programs else { throw CocoaError(.fileNoSuchFile) }
        directory = "/tmp/sesh-pg-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let script = """
            set -e
            cd /tmp
            make() { \(programs)/initdb -D \(directory) -U postgres -A trust --locale=C.UTF-8 -E UTF8 -N "$@" \
            >\(directory).log 2>&1; }
            # Where there is one, an order of words that is not that of bytes: what relies on the latter has to say so.
            make --locale-provider=icu --icu-locale=en-US || { rm -rf \(directory); make; }
            \(programs)/postgres -D \(directory) -k \(directory) -c listen_addresses= -c max_connections=200 \
            \(options) >>\(directory)/log 2>&1 </dev/null &
            cat >/dev/null || true
            kill -INT $! || true
            wait $! || true
            rm -rf \(directory) \(directory).log
            """
        let process = Process()
        // The server refuses to run as root.
        process.executableURL = URL(fileURLWithPath: geteuid() == 0 ? "/usr/sbin/runuser" : "/bin/sh")
        process.arguments = geteuid() == 0 ? ["-u", "postgres", "--", "/bin/sh", "-c", script] : ["-c", script]
        let pipe = Pipe()
        process.standardInput = pipe
        control = pipe.fileHandleForWriting
        try process.run()
        let socket = directory + "/.s.PGSQL.5432"
        for _ in 0..<1200 where !FileManager.default.fileExists(atPath: socket) { usleep(25_000) }
        // The socket is there a moment before anybody is let in. A server that wants passwords lets nobody in.
        for _ in 0..<100 {
            let answer = try Self.runPsql("SELECT 1", url())
            if answer.status == 0 || answer.words.contains("password") { break }
            usleep(25_000)
        }
    }

    deinit { try? control.close() }

    /// The address of the database for a user.
    func url(_ user: String = "postgres", database: String = "postgres") -> String {
        "postgres://\(user)@/\(database)?host=\(directory)"
    }

    /// Makes a user who owns no table and sees no sessions but its own.
    ///
    /// - Returns: the address for it.
    func makeUser() async throws -> String {
        let name = "user_\(users.withLock { $0 += 1; return $0 })"
        try await run("CREATE ROLE \(name) LOGIN")
        try await PostgreSQLStore(url: url()).prepare(for: name)
        return url(name)
    }

    /// Runs SQL as the superuser.
    ///
    /// - Returns: what psql printed, unaligned.
    @discardableResult
    func run(_ sql: String, database: String = "postgres") async throws -> String {
        let answer = try await BlockingThread.run { [url = url(database: database)] in try Self.runPsql(sql, url) }
        guard answer.status == 0 else { throw PsqlFailure(words: answer.words) }
        return answer.output
    }

    private static func runPsql(_ sql: String, _ url: String) throws -> (status: Int32, output: String, words: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: (programs ?? "") + "/psql")
        process.arguments = ["-X", "-q", "-A", "-t", "-w", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql]
        let (output, words) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = words
        try process.run()
        let texts = [output, words].map {
            String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        process.waitUntilExit()
        return (process.terminationStatus, texts[0], texts[1])
    }
}

/// What psql said instead of an answer.
struct PsqlFailure: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}
