import Testing

@testable import SessionFiles

@Suite("The wait for a lock")
struct LockWaitTests {
    @Test("Whoever has waited longer tries more often, so that among many writers none is left out")
    func fairness() {
        let limit = Duration.seconds(30)
        let pauses = (0...30).map { LockWait.longestPause(after: .seconds($0), of: limit) }
        #expect(pauses[0] == .milliseconds(16) && pauses[15] == .milliseconds(4))
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(pauses[25] < .milliseconds(1) && pauses[30] == .microseconds(500))
        #expect(LockWait.longestPause(after: .seconds(40), of: limit) == .microseconds(500))
    }
}
