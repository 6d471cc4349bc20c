import SessionKit

/// What has been learnt of an answer so far.
struct AnswerProgress: Sendable {
    /// The text that came since it was last taken.
    private(set) var text = ""
    /// What the model reasoned since it was last taken.
    private(set) var reasoning = ""
    /// What the answer cost; services that say so more than once mean the last.
    var usage: TokenUsage?
    /// Why it ended, once it has.
    var finishReason: FinishReason?
    /// Whether the service has said that nothing follows.
    var isEnded = false

    /// How many events came last that say nothing.
    private(set) var emptyEvents = 0

    /// Takes note of an event.
    ///
    /// - Parameter isEmpty: whether it says nothing: neither words nor thoughts nor how the answer goes on.
    mutating func note(isEmpty: Bool) { emptyEvents = isEmpty ? emptyEvents + 1 : 0 }

    /// Adds text.
    mutating func append(_ piece: String?) {
        if let piece { text += piece }
    }

    /// Adds a piece of what the model reasons.
    mutating func append(reasoning piece: String?) {
        if let piece { reasoning += piece }
    }

    /// Takes what the model reasoned since the last time; nil if nothing.
    mutating func takeReasoning() -> String? {
        guard !reasoning.isEmpty else { return nil }
        defer { reasoning = "" }
        return reasoning
    }

    /// Takes the text that came since the last time; nil if none did.
    mutating func takeText() -> String? {
        guard !text.isEmpty else { return nil }
        defer { text = "" }
        return text
    }
}
