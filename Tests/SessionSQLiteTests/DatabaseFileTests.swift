import Foundation
import Platform
import SeshTestSupport
import SessionKit
import SessionSQL
import SessionSQLite
import Testing

@Suite("The file of an SQLite store")
struct DatabaseFileTests {
    /// The error of a store's first use.
    private func error(_ path: String) async -> SessionError? {
        await #expect(throws: SessionError.self) { try await SQLiteStore(path: path).ids() }
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test("it is for its owner alone, with what SQLite and the store put beside it")
    func isPrivate() async throws {
        try await TemporaryDatabase.with { path in
            let store = SQLiteStore(path: path)
            let id = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings()).id
            _ = try await store.beginTurn(in: id, Prompt("Hello"))
            for name in [path, path + "-wal", path + "-shm"] { #expect(try mode(name) == 0o600, "\(name)") }
            #expect(try mode(path + "-live") == 0o700)
        }
    }

    @Test("another program's database, one of a later version and what is none stay as they are")
    func refuses() async throws {
        try await TemporaryDatabase.with { path in
            let words = "This is not a database, however long it is. " + String(repeating: "x", count: 5000)
            try words.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(await error(path)?.code == .malformed)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == words)
        }
        for (statement, sign) in [
            ("CREATE TABLE mine (x)", "another program"), ("PRAGMA user_version = 99", "version 99"),
        ] {
            try await TemporaryDatabase.with { path in
                if sign.hasPrefix("version") { _ = try await SQLiteStore(path: path).ids() }
                try sqlite(statement, path)
                let error = await error(path)
                #expect(error?.code == .storeMisconfigured && error?.message.contains(sign) == true)
            }
        }
        #expect(await error("/proc/nowhere/sessions.db")?.code == .unreadable)
    }

    /// Runs a statement with Python's SQLite, which is everywhere where the tests run.
    private func sqlite(_ statement: String, _ path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()",
            path, statement,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test("a turn whose process is gone is free at once, and the file that stood for it is removed")
    func freesTurns() async throws {
        try await TemporaryDatabase.with { path in
            let other = SQLiteStore(path: path)
            let id: SessionID
            let open: OpenTurn
            do {
                let store = SQLiteStore(path: path)
                id = try await store.create(SessionID("demo"), title: nil, settings: SessionSettings()).id
                open = try await store.beginTurn(in: id, Prompt("Hello"))
                #expect(try await other.read(id, .all).session.pending.map(\.state) == [.live])
                // The store goes without a word, and its lock with it, as with a process that is killed.
            }
            #expect(try await other.read(id, .all).session.pending.map(\.state) == [.abandoned])
            let again = try await other.beginTurn(in: id, Prompt("Hello"))
            #expect(again.isTakenUp && again.id == open.id)
            _ = try await other.finishTurn(again, with: Answer("Hi"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: path + "-live").isEmpty)
        }
    }

    @Test("many stores, each as in a process of its own, write one file at once and lose nothing")
    func takesManyWriters() async throws {
        try await TemporaryDatabase.with { path in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 1...12 {
                    group.addTask {
                        let store = SQLiteStore(path: path)
                        let id = try SessionID("own-\(writer)")
                        _ = try await store.create(id, title: nil, settings: SessionSettings())
                        for number in 1...10 {
                            let open = try await store.beginTurn(in: id, Prompt("\(number)"))
                            _ = try await store.finishTurn(open, with: Answer("re"))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let page = try await SQLiteStore(path: path).summaries(offset: 0, limit: nil)
            #expect(page.sessions.map(\.messageCount) == Array(repeating: 20, count: 12))
        }
    }
}
