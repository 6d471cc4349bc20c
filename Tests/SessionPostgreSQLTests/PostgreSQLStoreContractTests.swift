import SessionKitTesting
import SeshTestSupport
import SessionKit
import SessionPostgreSQL
import Testing

@Suite(
    "The PostgreSQL store keeps the contract",
    .enabled(if: PostgreSQLServer.programs != nil, "PostgreSQL's server is not installed: apt-get install postgresql"))
struct PostgreSQLStoreContractTests {
    @Test(arguments: SessionStoreContract.rules)
    func keeps(_ rule: SessionStoreContract.Rule) async throws {
        let clock = SettableClock()
        let url = try await PostgreSQLServer.shared.get().makeUser()
        try await rule.check(
            SessionStoreContract(
                clock, store: PostgreSQLStore(url: url, now: clock.now),
                elsewhere: PostgreSQLStore(url: url, now: clock.now)))
    }
}
