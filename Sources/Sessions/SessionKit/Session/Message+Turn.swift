#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// How the two messages of a turn come to be: the same in every store.
extension Message {
    /// The prompt of a turn.
    ///
    /// - Parameters:
    ///   - pending: the saved prompt.
    ///   - settings: what to record of the settings, as `SessionRules.finish` says.
    public init(prompt pending: PendingPrompt, settings: SessionSettings?) {
        self.init(
            turn: pending.turn, role: .user, content: pending.content, createdAt: pending.createdAt,
            settings: settings)
    }

    /// The answer of a turn that was abandoned with a part of it: interrupted, and dated like its prompt, since nobody
    /// knows when it ended.
    ///
    /// - Parameters:
    ///   - partial: what had arrived.
    ///   - pending: the saved prompt.
    public init(partial: PartialAnswer, of pending: PendingPrompt) {
        self.init(
            turn: pending.turn, role: .assistant, content: partial.content, createdAt: pending.createdAt,
            model: pending.model, status: .interrupted, reasoning: partial.reasoning)
    }

    /// The answer of a turn.
    ///
    /// - Parameters:
    ///   - answer: what came back.
    ///   - turn: the turn's identity.
    ///   - date: now.
    public init(answer: Answer, turn: TurnID, at date: Date) {
        self.init(
            turn: turn, role: .assistant, content: answer.content, createdAt: Timestamp.rounded(date),
            model: answer.model, status: answer.status, finishReason: answer.finishReason, usage: answer.usage,
            reasoning: answer.reasoning, context: answer.context)
    }
}
