/// The body of a Messages request.
///
/// What is nil is left out.
struct AnthropicRequestBody: Encodable {
    var model: String
    var system: String?
    var messages: [WireMessage]
    var maxTokens: Int
    var temperature: Double?
    var thinking: Thinking?
    var stream: Bool

    /// That the model thinks before it answers.
    struct Thinking: Encodable {
        var type = "enabled"
        var budget: Int

        private enum CodingKeys: String, CodingKey {
            case type
            case budget = "budget_tokens"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case model, system, messages, temperature, thinking, stream
        case maxTokens = "max_tokens"
    }
}
