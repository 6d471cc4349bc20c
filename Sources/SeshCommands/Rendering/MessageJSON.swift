import ChatModels
import SessionKit

/// A message as `history --json` and `chat --json` write it, with the names of the session file.
struct MessageJSON: Encodable {
    struct Usage: Encodable {
        let inputTokens: Int?
        let outputTokens: Int?

        init(_ usage: TokenUsage) {
            inputTokens = usage.inputTokens
            outputTokens = usage.outputTokens
        }
    }

    struct Settings: Encodable {
        let system: String?
        let temperature: Double?
        let maxTokens: Int?
        let reasoningEffort: String?
        let parameters: [String: JSONTree]?

        init(_ settings: SessionSettings) {
            system = settings.system
            temperature = settings.temperature
            maxTokens = settings.maxTokens
            reasoningEffort = settings.reasoningEffort?.rawValue
            parameters = settings.parameters.isEmpty ? nil : settings.parameters.values.compactMapValues(JSONTree.init)
        }
    }

    struct Context: Encodable {
        let from: String?
    }

    let turn: String
    let role: String
    let content: String
    let createdAt: String?
    let model: String?
    let status: String?
    let finishReason: String?
    let usage: Usage?
    let reasoning: String?
    let context: Context?
    let settings: Settings?

    init(_ message: Message) {
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

    init(_ prompt: PendingPrompt) {
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
