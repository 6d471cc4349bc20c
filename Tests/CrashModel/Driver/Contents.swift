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
    /// Turns taken back or replaced, the last one last.
    var undone: [Exchange] = []
}
