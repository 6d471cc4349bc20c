package import SessionKit

/// A message as `history --json` and `chat --json` write it, with the names of the session file.
package struct MessageJSON: Encodable {
    /// What the answer cost.
    package struct Usage: Encodable {
        package let inputTokens: Int?
        package let outputTokens: Int?

        package init(_ usage: TokenUsage) {
            inputTokens = usage.inputTokens
            outputTokens = usage.outputTokens
        }
    }

    /// What was asked for.
    package struct Settings: Encodable {
        package let system: String?
        package let temperature: Double?
        package let maxTokens: Int?
        package let reasoningEffort: String?
        package let parameters: [String: JSONTree]?

        package init(_ settings: SessionSettings) {
            system = settings.system
            temperature = settings.temperature
            maxTokens = settings.maxTokens
            reasoningEffort = settings.reasoningEffort?.rawValue
            parameters = settings.parameters.isEmpty ? nil : settings.parameters.values.compactMapValues(JSONTree.init)
        }
    }

    /// Where the context began.
    package struct Context: Encodable {
        package let from: String?
    }

    package let turn: String
    package let role: String
    package let content: String
    package let createdAt: String?
    package let model: String?
    package let status: String?
    package let finishReason: String?
    package let usage: Usage?
    package let reasoning: String?
    package let context: Context?
    package let settings: Settings?

    package init(_ message: Message) {
        turn = message.turn.rawValue
        role = message.role.rawValue
        content = message.content.text
        createdAt = message.createdAt.map(Timestamp.string)
        model = message.model?.description
        status = message.status == .complete ? nil : message.status.rawValue
        finishReason = message.finishReason?.rawValue
        usage = message.usage.map(Usage.init)
        reasoning = message.reasoning
        context = message.context.map { Context(from: $0.from?.rawValue) }
        settings = message.settings.map(Settings.init)
    }

    package init(_ prompt: PendingPrompt) {
        turn = prompt.turn.rawValue
        role = Role.user.rawValue
        content = prompt.content.text
        createdAt = prompt.createdAt.map(Timestamp.string)
        model = prompt.model?.description
        status = prompt.state == .live ? "pending" : "unanswered"
        finishReason = nil
        usage = nil
        reasoning = prompt.partial?.reasoning
        context = nil
        settings = prompt.settings.map(Settings.init)
    }
}
