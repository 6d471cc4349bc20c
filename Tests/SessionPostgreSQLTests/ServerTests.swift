import Foundation
import SeshTestSupport
import SessionKit
import SessionPostgreSQL
import SessionSQL
import Testing

@Suite(
    "PostgreSQL: who sees what, what is refused, and what a turn costs",
    .enabled(if: PostgreSQLServer.programs != nil, "PostgreSQL's server is not installed: apt-get install postgresql"))
struct ServerTests {
    /// The error of a store's first use.
    private func error(_ url: String) async -> SessionError? {
        await #expect(throws: SessionError.self) { try await PostgreSQLStore(url: url).ids() }
    }

    @Test("two users see each their own sessions, under the same ids, even in statements of their own")
    func isolatesTenants() async throws {
        let server = try PostgreSQLServer.shared.get()
        let urls = [try await server.makeUser(), try await server.makeUser()]
        for (number, url) in urls.enumerated() {
            let store = PostgreSQLStore(url: url)
            _ = try await store.create(SessionID("same"), title: "\(number)", settings: SessionSettings())
            #expect(try await store.read(SessionID("same"), .all).session.summary.title == "\(number)")
        }
        let user = try #require(urls[0].split(separator: "@").first?.split(separator: "/").last)
        let seen = "SET ROLE \(user); SELECT count(*) FROM sesh.session; SELECT count(*) FROM sesh.tenant"
        #expect(try await server.run(seen) == "1\n1")
        await #expect(throws: (any Error).self) {
            try await server.run("SET ROLE \(user); UPDATE sesh.session SET tenant = tenant + 1")
        }
        await #expect(throws: (any Error).self) {
            try await server.run("SET ROLE \(user); INSERT INTO sesh.tenant (role) VALUES ('somebody')")
        }
    }

    @Test("a database without tables, one that is not there, and a user without a place name the way out")
    func refuses() async throws {
        let server = try PostgreSQLServer.shared.get()
        try await server.run("CREATE DATABASE bare")
        #expect(await error(server.url(database: "bare"))?.code == .storeMisconfigured)
        let missing = await error(server.url(database: "nowhere"))
        #expect(missing?.code == .storeMisconfigured && missing?.message.contains("nowhere") == true)
        _ = try await server.makeUser()
        try await server.run("CREATE ROLE stranger LOGIN")
        #expect(await error(server.url("stranger"))?.code == .storeRefused)
        #expect(await error(server.url("nobody_here"))?.code == .storeRefused)
        #expect(await error("postgres:///x?host=/nowhere")?.code == .storeUnreachable)
        #expect(await error("postgres://127.0.0.1:1/x")?.code == .storeUnreachable)
    }

    @Test("a password is asked for, and is nowhere in an error")
    func hidesPasswords() async throws {
        let rules = "/tmp/sesh-hba-\(getpid())"
        try "local all all scram-sha-256\n".write(toFile: rules, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: rules) }
        let server = try PostgreSQLServer(options: "-c fsync=off -c hba_file=\(rules)")
        let url = "postgres://postgres:s3cret@/postgres?host=\(server.directory)&password=s3cret"
        for url in [url, server.url()] {
            let error = await error(url)
            #expect(error?.code == .storeRefused)
            #expect(error.map { !"\($0)".contains("s3cret") } ?? false)
        }
        #expect(PostgreSQLStore.hasPassword(url) && !PostgreSQLStore.hasPassword(server.url()))
        #expect(!PostgreSQLStore.redacted(url).contains("s3cret"))
        #expect(PostgreSQLStore.redacted("postgres://u:p@h:1/d?sslmode=x&sslpassword=p") == "postgres://u@h:1/d")
    }

    @Test("tables of a later version are refused, and making them twice changes nothing")
    func refusesLaterTables() async throws {
        let server = try PostgreSQLServer.shared.get()
        try await server.run("CREATE DATABASE later")
        let url = server.url(database: "later")
        let store = PostgreSQLStore(url: url)
        for _ in 1...2 { try await store.prepare() }
        _ = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings())
        try await server.run("INSERT INTO sesh.version VALUES (99)", database: "later")
        let error = await error(url)
        #expect(error?.code == .storeMisconfigured && error?.message.contains("99") == true)
        let again = await #expect(throws: SessionError.self) { try await store.prepare() }
        #expect(again?.code == .storeMisconfigured)
    }

    @Test("the server says what it promises")
    func tellsPromises() async throws {
        let server = try PostgreSQLServer.shared.get()
        let status = try await PostgreSQLStore(url: server.makeUser()).status()
        #expect(!status.survivesPowerCuts && !status.survivesFailover && !status.isReplica && !status.passesPolicies)
        #expect(status.user.hasPrefix("user_"))
        let script = PostgreSQLSchema.script(for: "o'hara")
        #expect(script.hasPrefix("BEGIN;\n") && script.contains("'o''hara'") && script.contains("\"o'hara\""))
    }

    @Test("members that this version does not know stay where they are, at every level")
    func keepsUnknownMembers() async throws {
        let server = try PostgreSQLServer.shared.get()
        let url = try await server.makeUser()
        let store = PostgreSQLStore(url: url)
        let id = try await store.create(SessionID("strange"), title: nil, settings: .init(temperature: 0.5)).id
        let open = try await store.beginTurn(in: id, Prompt("one"))
        let mine = "WHERE sid = (SELECT sid FROM sesh.session WHERE id = 'strange')"
        let odd = #"'"odd\u0000":{"n":1e2,"z":-0,"t":"\u0000"}}'"#
        for (table, column) in [("session", "head"), ("session", "settings"), ("prompt", "line")] {
            try await server.run(
                "UPDATE sesh.\(table) SET \(column) = regexp_replace(\(column), '}$', '') || ',' || \(odd) \(mine)")
        }
        _ = try await store.finishTurn(open, with: Answer("1"))
        _ = try await store.update(id, ifRevision: nil, [.temperature(0.75), .title("named")])
        _ = try await store.undo(1, in: id)
        _ = try await store.redo(1, in: id)
        let copy = try await store.fork(id, as: SessionID("copy"), through: nil)
        _ = try await store.rename(copy.id, to: SessionID("stranger"))
        let kept = #"position('"odd\u0000":{"n":1e2,"z":-0,"t":"\u0000"}' in \#("")"#
        for (table, column) in [("session", "head"), ("session", "settings"), ("message", "line")] {
            let count = try await server.run(
                "SELECT count(*) FROM sesh.\(table) WHERE \(kept)\(column)) > 0 AND sid IN "
                    + "(SELECT sid FROM sesh.session WHERE id LIKE 'strange%')")
            #expect(count == "2", "\(table).\(column)")
        }
        #expect(try await store.read(SessionID("stranger"), .all).session.settings.temperature == 0.75)
    }

    @Test("a right that is missing is named, and nothing is saved")
    func namesMissingRights() async throws {
        let server = try PostgreSQLServer.shared.get()
        let url = try await server.makeUser()
        let user = try #require(url.split(separator: "@").first?.split(separator: "/").last)
        let id = try await PostgreSQLStore(url: url).create(SessionID("demo"), title: nil, settings: SessionSettings())
            .id
        // As on a replica: statements are refused for what they write.
        try await server.run("ALTER ROLE \(user) SET default_transaction_read_only = on")
        let unchanged = await #expect(throws: SessionError.self) {
            try await PostgreSQLStore(url: url).beginTurn(in: id, Prompt("x"))
        }
        #expect(unchanged?.code == .storeMisconfigured && unchanged?.message.contains("read-only") == true)
        #expect(try await PostgreSQLStore(url: url).read(id, .all).session.pending.isEmpty)
        try await server.run("ALTER ROLE \(user) RESET default_transaction_read_only")
        try await server.run("REVOKE INSERT ON sesh.prompt FROM \(user)")
        let refused = await #expect(throws: SessionError.self) {
            try await PostgreSQLStore(url: url).beginTurn(in: id, Prompt("x"))
        }
        #expect(refused?.code == .storeRefused && refused?.message.contains("NOT SAVED") == true)
    }

    @Test("a turn in a long session reads as few rows as one in a short one, without any statistics")
    func readsFewRows() async throws {
        let server = try PostgreSQLServer(options: "-c fsync=off -c autovacuum=off -c track_counts=on")
        try await server.run("CREATE ROLE writer LOGIN")
        try await PostgreSQLStore(url: server.url()).prepare(for: "writer")
        var costs: [Int] = []
        for count in [10, 5_000] {
            let turns = Self.turns(count)
            let last = try #require(turns.last)
            let id = try SessionID("s\(count)")
            // A server process reports what it read when it ends, so each step has a store of its own.
            _ = try await PostgreSQLStore(url: server.url("writer")).create(
                id, title: nil, settings: .init(system: "x"), model: nil, turns: turns)
            let before = try await rowsRead(server)
            do {
                let store = PostgreSQLStore(url: server.url("writer"))
                let open = try await store.beginTurn(in: id, Prompt("again", replacing: last.id))
                _ = try await store.read(id, open.context(last: 20))
                _ = try await store.finishTurn(open, with: Answer("better"))
                _ = try await store.undo(2, in: id)
                _ = try await store.redo(1, in: id)
                _ = try await store.read(id, .last(20))
            }
            costs.append(try await rowsRead(server) - before)
        }
        #expect(costs[0] > 40 && costs[1] <= costs[0] + 50, "rows read: \(costs)")
    }

    /// A history, in which one of the first turns records settings.
    private static func turns(_ count: Int) -> [Turn] {
        (0..<count).map { number in
            let turn = TurnID.generate()
            let settings = number == 3 ? SessionSettings(system: "x") : nil
            return Turn(
                id: turn,
                messages: [
                    Message(turn: turn, role: .user, content: "\(number)", settings: settings),
                    Message(turn: turn, role: .assistant, content: "re: \(number)"),
                ])
        }
    }

    /// How many rows of the tables for sessions have been read so far; the policies' look at the tenant is one a statement.
    private func rowsRead(_ server: PostgreSQLServer) async throws -> Int {
        try await Task.sleep(for: .milliseconds(700))
        let text = try await server.run(
            "SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables "
                + "WHERE relname IN ('session', 'turn', 'prompt', 'undone', 'message')")
        return try #require(Int(text))
    }

    @Test("writers whose server processes are killed lose no turn and double none")
    func survivesKills() async throws {
        let server = try PostgreSQLServer(options: "-c fsync=off")
        try await server.run("CREATE ROLE writer LOGIN")
        try await PostgreSQLStore(url: server.url()).prepare(for: "writer")
        let id = try SessionID("shared")
        _ = try await PostgreSQLStore(url: server.url("writer")).create(id, title: nil, settings: SessionSettings())
        let saved = await withTaskGroup(of: [String].self) { group in
            for writer in 1...6 {
                group.addTask {
                    let store = PostgreSQLStore(url: server.url("writer"))
                    var saved: [String] = []
                    for number in 1...25 {
                        let prompt = "\(writer).\(number)"
                        guard let open = try? await store.beginTurn(in: id, Prompt(Content(prompt))),
                            (try? await store.finishTurn(open, with: Answer("re"))) != nil
                        else { continue }
                        saved.append(prompt)
                    }
                    return saved
                }
            }
            group.addTask {
                for number in 1...12 {
                    try? await Task.sleep(for: .milliseconds(120))
                    let user = "FROM pg_stat_activity WHERE usename = 'writer'"
                    // Every third time not told to end but killed, upon which the whole server starts anew.
                    if number.isMultiple(of: 4), let pid = try? await server.run("SELECT pid \(user) LIMIT 1"),
                        let pid = Int32(pid)
                    {
                        kill(pid, SIGKILL)
                    } else {
                        _ = try? await server.run("SELECT pg_terminate_backend(pid) \(user)")
                    }
                }
                return []
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        let read = try await PostgreSQLStore(url: server.url("writer")).read(id, .all)
        let prompts = read.turns.compactMap { $0.prompt?.content.text }
        #expect(Set(prompts).count == prompts.count, "none is doubled")
        #expect(Set(saved).isSubset(of: prompts), "none that was acknowledged is lost")
        let lost = Set(saved).subtracting(prompts).count + prompts.count - Set(prompts).count
        PromiseCounts("PostgreSQL: no acknowledged turn is lost or doubled when server processes are killed")
            .add(saved.count, failures: lost)
        #expect(saved.count > 100, "\(saved.count) of 150")
        #expect(read.turns.allSatisfy { $0.messages.count == 2 })
    }
}
