#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// How the two messages of a turn come to be: the same in every store.
extension Message {
    /// The prompt of a turn.
    ///
    /// - Parameters:
    ///   - pending: the saved prompt.
    ///   - settings: what to record of the settings, from `SessionSettings.recorded(after:)`.
    package init(prompt pending: PendingPrompt, settings: SessionSettings?) {
        self.init(
            turn: pending.turn, role: .user, content: pending.content, createdAt: pending.createdAt,
            settings: settings)
    }

    /// The answer of a turn.
    ///
    /// - Parameters:
    ///   - answer: what came back.
    ///   - turn: the turn's identity.
    ///   - date: now.
    package init(answer: Answer, turn: TurnID, at date: Date) {
        self.init(
            turn: turn, role: .assistant, content: answer.content, createdAt: Timestamp.rounded(date),
            model: answer.model, status: answer.status, finishReason: answer.finishReason, usage: answer.usage)
    }
}

extension SessionSettings {
    /// What a prompt records of the settings of its turn: they stand on the turns where they change.
    ///
    /// It is asked when the turn is finished, not only when it begins: a turn that ended in between may have recorded
    /// others.
    /// - Parameter history: the messages before the turn.
    /// - Returns: these settings if the history's are others, else nil.
    package func recorded(after history: some BidirectionalCollection<Message>) -> SessionSettings? {
        let before = history.last { $0.settings != nil }?.settings ?? SessionSettings()
        return self == before ? nil : self
    }
}

extension PendingPrompt {
    /// Whether it is these bytes.
    ///
    /// Swift's `==` would take two spellings of `é` for one.
    package func hasBytes(of prompt: String) -> Bool { content.utf8.elementsEqual(prompt.utf8) }
}
