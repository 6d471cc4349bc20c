import SessionKit

/// What has been learnt of an answer so far.
struct AnswerProgress: Sendable {
    /// The text that came since it was last taken.
    private(set) var text = ""
    /// What the answer cost; services that say so more than once mean the last.
    var usage: TokenUsage?
    /// Why it ended, once it has.
    var finishReason: FinishReason?
    /// Whether the service has said that nothing follows.
    var isEnded = false

    /// Adds text.
    mutating func append(_ piece: String?) {
        if let piece { text += piece }
    }

    /// Takes the text that came since the last time; nil if none did.
    mutating func takeText() -> String? {
        guard !text.isEmpty else { return nil }
        defer { text = "" }
        return text
    }
}
