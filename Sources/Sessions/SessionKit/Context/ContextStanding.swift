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
    /// - Throws: `SessionError` if the session can't be read; what the policy throws.
    public init(
        of id: SessionID, in store: any SessionStore, for model: any ChatModel, policy: any ContextPolicy = .fitted
    ) async throws {
        // Somebody asks, so it is worth finding out.
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
