/// A prompt and its answer, by their words alone.
struct Exchange: Codable, Hashable, Sendable {
    /// What was asked.
    var prompt: String
    /// What was answered.
    var answer: String
    /// Whether the answer is whole: a raw value of `MessageStatus`.
    var status = "complete"
}
