/// The body of a Chat Completions request.
///
/// What is nil is left out: servers refuse `null` for numbers.
struct OpenAIRequestBody: Encodable {
    /// What a streamed answer is to contain beside the text.
    struct StreamOptions: Encodable {
        var includeUsage = true

        private enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
    }

    var model: String
    var messages: [WireMessage]
    var stream: Bool
    var temperature: Double?
    var maxTokens: Int?
    var maxCompletionTokens: Int?
    var streamOptions: StreamOptions?

    private enum CodingKeys: String, CodingKey {
        case model, messages, stream, temperature
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
        case streamOptions = "stream_options"
    }
}
