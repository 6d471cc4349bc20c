import SessionKitTesting
import SeshTestSupport
import SessionFiles
import SessionKit
import Testing

@Suite("The JSON directory store keeps the contract")
struct JSONDirectoryStoreContractTests {
    @Test(arguments: SessionStoreContract.rules)
    func keeps(_ rule: SessionStoreContract.Rule) async throws {
        try await TemporaryDirectory.with { directory in
            let clock = SettableClock()
            let path = directory.path("sessions")
            try await rule.check(
                SessionStoreContract(
                    clock, store: JSONDirectoryStore(path: path, now: clock.now),
                    elsewhere: JSONDirectoryStore(path: path, now: clock.now)))
        }
    }
}
