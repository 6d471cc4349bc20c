/// Something that answers.
///
/// A model keeps nothing between requests: everything it is to know is in the request.
public protocol ChatModel: Sendable {
    /// What the model is called; recorded with every answer.
    var reference: ModelReference { get }

    /// The most tokens that an answer gets where the request says nothing; nil if the model's own end is the only one.
    var answerLimit: Int? { get }

    /// How many tokens request and answer may have together; nil if nobody knows.
    ///
    /// - Parameter estimate: how many tokens are about to be sent: a short request is not worth a wait.
    func contextWindow(forTokens estimate: Int) async -> Int?

    /// Takes in that a service named its window when it refused a request.
    ///
    /// - Parameter tokens: the window, 1 or more.
    func learn(contextWindow tokens: Int)

    /// Asks, and gives the answer as it arrives.
    ///
    /// - Parameter request: the messages and options.
    /// - Returns: the events of one answer: any number of `text`, at most one `usage`, and a `finished` if the model
    ///   ended the answer by itself; a stream that ends without it was cut. Nothing is sent before the first event is
    ///   asked for. The stream fails with `ModelError`; cancelling the task that reads it ends the request.
    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error>

    /// What can be done before the first request so that its answer begins sooner; nil for nothing.
    ///
    /// A request does whatever of it was not done, or failed.
    var preparation: (@Sendable () async throws -> Void)? { get }
}

extension ChatModel {
    /// Nothing: most models have nothing to prepare.
    public var preparation: (@Sendable () async throws -> Void)? { nil }
}

extension ChatModel {
    /// No limit but the model's own.
    public var answerLimit: Int? { nil }

    /// Nobody knows.
    public func contextWindow(forTokens estimate: Int) async -> Int? { nil }

    /// Forgets it.
    public func learn(contextWindow tokens: Int) {}
}

/// A piece of an answer.
public enum ModelEvent: Hashable, Sendable {
    /// Words, to be put after those that came before.
    case text(String)
    /// What the model reasons before it answers; it is shown and kept apart, and never sent back.
    case reasoning(String)
    /// Another model than the one that was asked answers, before its first word.
    case answering(ModelReference)
    /// What the answer cost.
    case usage(TokenUsage)
    /// The model ended the answer, for this reason.
    case finished(FinishReason)
}
