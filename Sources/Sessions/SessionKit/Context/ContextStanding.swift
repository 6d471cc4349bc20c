/// Where a session stands in its model's window: how much of it the next prompt will take along.
public struct ContextStanding: Hashable, Sendable {
    /// What a prompt without a word would be sent with.
    public let report: ContextReport
    /// What the last answer's service counted; nil if it did not say.
    public let lastUsage: TokenUsage?

    /// Looks at a session; nothing is written or sent.
    ///
    /// - Parameters:
    ///   - id: the session.
    ///   - store: what keeps it.
    ///   - model: who would answer.
    ///   - policy: what chooses.
    ///   - isAsking: whether the model's service may be asked for the window; else only what is known counts.
    /// - Throws: `SessionError` if the session can't be read; what the policy throws.
    public init(
        of id: SessionID, in store: any SessionStore, for model: any ChatModel, policy: any ContextPolicy = .fitted,
        isAsking: Bool = true
    ) async throws {
        let model: any ChatModel = isAsking ? model : QuietModel(model: model)
        // Somebody wants to know, so it is worth finding out.
        _ = await model.contextWindow(forTokens: .max)
        let transcript = try await store.read(id, .last(2))
        let prompt = Message(turn: .generate(), role: .user, content: "")
        let turn = OpenTurn(
            id: prompt.turn, session: id, prompt: prompt, after: transcript.messages.last?.turn,
            settings: transcript.session.settings, isTakenUp: false)
        let history = TurnHistory(of: turn, in: store)
        report = TurnContext(of: turn, try await policy.selection(for: turn, to: model, from: history)).report
        lastUsage = transcript.messages.last { $0.role == .assistant }?.usage
    }
}

/// A model whose service is not asked for anything.
private struct QuietModel: ChatModel {
    let model: any ChatModel

    var reference: ModelReference { model.reference }
    var answerLimit: Int? { model.answerLimit }
    func contextWindow(forTokens estimate: Int) async -> Int? { await model.contextWindow(forTokens: 0) }
    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> { model.respond(to: request) }
}
