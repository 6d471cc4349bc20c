import SessionKit

/// What a program does that finds what a killed one left.
enum Recovery: String, CaseIterable, Codable, Sendable {
    case turns, update, reset, rename, fork, delete

    /// Makes the changes to every session there is, then a new session.
    func run(_ driver: inout Driver) async throws {
        try driver.begin()
        for id in driver.world.sessions.keys.sorted() {
            switch self {
            case .turns:
                for prompt in driver.world[id].pending { try await driver.turn(id, prompt, "At last.") }
                try await driver.turn(id, "Anything left?", "All of it.")
            // What it is told is what it finds, so this need not write; but it is an acknowledgement.
            case .update: try await driver.update(id, title: driver.world[id].title, system: driver.world[id].system)
            case .reset: try await driver.reset(id)
            case .rename: try await driver.rename(id, to: id + "-moved")
            case .fork: try await driver.fork(id, as: id + "-copy")
            case .delete: try await driver.delete(id)
            }
        }
        guard self == .turns || self == .delete else { return }
        try await driver.create("later")
    }
}
