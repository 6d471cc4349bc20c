import Foundation
import Synchronization

/// Reads a session's file over and over without any lock, as a backup or an editor might.
final class PollingReader: Sendable {
    /// What the reads have shown.
    struct Tally: Sendable {
        var reads = 0
        /// How many of them were parsed as well, not only looked at from both ends.
        var parsed = 0
        /// How many messages the last one that was parsed had.
        var messageCount = 0
        /// What was not a whole document.
        var torn: [String] = []
    }

    private let path: String
    private let state = Mutex((tally: Tally(), isEnding: false))

    /// Prepares a reader.
    ///
    /// - Parameter path: the file, which may come and go.
    init(path: String) { self.path = path }

    /// What the reads have shown so far.
    var tally: Tally { state.withLock { $0.tally } }

    /// Lets `run()` return.
    func end() { state.withLock { $0.isEnding = true } }

    /// Reads until it is ended; every 64th time the document is parsed.
    func run() throws {
        var reads = 0
        while !state.withLock({ $0.isEnding }) {
            // A breath in between, or it would keep a processor from the writers.
            usleep(20)
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            reads += 1
            let parsed = reads % 64 == 1 ? Result { try StoredState(data, name: path) } : nil
            state.withLock { state in
                state.tally.reads += 1
                if !StoredState.looksWhole(data) { state.tally.torn.append("\(data.count) bytes") }
                switch parsed {
                case .success(let document)?:
                    state.tally.parsed += 1
                    state.tally.messageCount = document.messages.count
                case .failure(let error)?: state.tally.torn.append("\(error)")
                case nil: break
                }
            }
        }
    }
}
