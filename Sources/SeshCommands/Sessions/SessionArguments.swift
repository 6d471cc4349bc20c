import ArgumentParser
import SessionKit

/// The sessions that a command is to change, and whether to do it without asking.
struct SessionArguments: ParsableArguments {
    @Argument(help: ArgumentHelp("The sessions.", valueName: "id"), completion: SessionCompletion.kind)
    var ids: [String]

    @Flag(name: [.customShort("y"), .customLong("yes")], help: "Don't ask.")
    var isAgreed = false

    /// Does something to each session, asking first on a terminal; all are tried, the first failure counts.
    ///
    /// - Parameters:
    ///   - program: the surroundings.
    ///   - verb: what is done, as a question begins: `Delete`.
    ///   - done: what was done, as a notice says: `Deleted`.
    ///   - triesMissing: whether it is done to a session that is not there too, of which something may have been left.
    ///   - change: does it to one session.
    func forEach(
        in program: Program, verb: String, done: String, triesMissing: Bool = false,
        change: (SessionManager, SessionID) async throws -> Void
    ) async throws {
        let manager = try program.manager()
        var failures: [any Error] = []
        func fail(_ error: any Error) {
            failures.append(error)
            program.complain(Failure(error).message)
        }

        var found: [SessionID] = []
        for text in ids {
            do {
                let id = try SessionID(text)
                guard try await manager.exists(id) else {
                    guard triesMissing else { throw await UnknownSession.error(id, manager) }
                    try await UnknownSession.explained(id, manager) { try await change(manager, id) }
                    program.notice(Notices.remainsDeleted(id))
                    continue
                }
                if !found.contains(id) { found.append(id) }
            } catch { fail(error) }
        }
        if !found.isEmpty, !isAgreed, program.isInteractive {
            let names = found.map(\.rawValue).joined(separator: ", ")
            guard try await program.ask("\(verb) \(names)?") else {
                throw CommandError(.failure, "Nothing was done.")
            }
        }
        for id in found {
            do {
                try await change(manager, id)
                program.notice("\(done) \(id).")
            } catch { fail(error) }
        }
        if let first = failures.first { throw ReportedFailure(status: Failure(first).status) }
    }
}
