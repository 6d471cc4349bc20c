import SessionKit

/// What a session holds, as far as people can tell.
struct Contents: Codable, Hashable, Sendable {
    /// Its title.
    var title: String?
    /// Its system prompt.
    var system: String?
    /// The history, oldest first.
    var turns: [Exchange] = []
    /// Prompts without an answer, oldest first.
    var pending: [String] = []
    /// What is kept of answers, by prompt.
    var partials: [String: String] = [:]
    /// Turns taken back or replaced, the last one last.
    var undone: [Exchange] = []

    /// What a reader makes of it once nobody waits for an answer: parts of answers are interrupted turns.
    var settled: Contents {
        var contents = self
        for prompt in pending {
            guard let part = contents.partials.removeValue(forKey: prompt) else { continue }
            contents.pending.removeAll { $0 == prompt }
            contents.turns.append(
                Exchange(prompt: prompt, answer: part, status: MessageStatus.interrupted.rawValue))
        }
        return contents
    }
}
