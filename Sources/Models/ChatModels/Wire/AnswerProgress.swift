import SessionKit

/// What has been read of an answer so far.
struct AnswerProgress: Sendable {
    private var text = ""
    private var reasoning = ""
    /// The tokens that the answer took; where a service reports them more than once, the last report counts.
    var usage: TokenUsage?
    /// Why the model stopped, once it has.
    var finishReason: FinishReason?
    /// Whether the service has marked the end of the answer.
    var isEnded = false

    /// How many empty events there were in a row, up to the last event.
    private(set) var emptyEvents = 0

    /// Counts an event.
    ///
    /// - Parameter isEmpty: whether it has neither text nor reasoning nor anything about the state of the answer.
    mutating func note(isEmpty: Bool) { emptyEvents = isEmpty ? emptyEvents + 1 : 0 }

    /// Adds text.
    mutating func append(_ piece: String?) {
        if let piece { text += piece }
    }

    /// Adds a piece of reasoning.
    mutating func append(reasoning piece: String?) {
        if let piece { reasoning += piece }
    }

    /// Takes the reasoning and the text since the last call.
    mutating func takeText() -> (reasoning: String, text: String) {
        defer { (reasoning, text) = ("", "") }
        return (reasoning, text)
    }
}
