import SessionKitTesting
import Foundation
import SeshTestSupport
import SessionKit
import SessionSQLite
import Testing

@Suite("The SQLite store keeps the contract")
struct SQLiteStoreContractTests {
    @Test(arguments: SessionStoreContract.rules)
    func keeps(_ rule: SessionStoreContract.Rule) async throws {
        try await TemporaryDatabase.with { path in
            let clock = SettableClock()
            try await rule.check(
                SessionStoreContract(
                    clock, store: SQLiteStore(path: path, now: clock.now),
                    elsewhere: SQLiteStore(path: path, now: clock.now)))
        }
    }
}

/// A place for a database file that goes with the test.
enum TemporaryDatabase {
    /// Runs a body with the path of a file that is not there yet.
    static func with(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sesh-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appendingPathComponent("sessions.db").path)
    }
}
