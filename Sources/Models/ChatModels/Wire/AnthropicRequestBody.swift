/// The body of a Messages request.
///
/// What is nil is left out.
struct AnthropicRequestBody: Encodable {
    var model: String
    var system: String?
    var messages: [WireMessage]
    var maxTokens: Int
    var temperature: Double?
    var stream: Bool

    private enum CodingKeys: String, CodingKey {
        case model, system, messages, temperature, stream
        case maxTokens = "max_tokens"
    }
}
