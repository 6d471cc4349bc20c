/// The body of a Chat Completions request.
///
/// Fields that are nil are left out: servers refuse `null` for numbers.
struct OpenAIRequestBody: Encodable {
    /// What a streamed answer contains beside the text.
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
    var reasoningEffort: String?
    var loopBreaking: LoopBreaking?

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(model, forKey: .model)
        try fields.encode(messages, forKey: .messages)
        try fields.encode(stream, forKey: .stream)
        try fields.encodeIfPresent(temperature, forKey: .temperature)
        try fields.encodeIfPresent(maxTokens, forKey: .maxTokens)
        try fields.encodeIfPresent(maxCompletionTokens, forKey: .maxCompletionTokens)
        try fields.encodeIfPresent(streamOptions, forKey: .streamOptions)
        try fields.encodeIfPresent(reasoningEffort, forKey: .reasoningEffort)
        try loopBreaking?.encode(to: encoder)
    }

    private enum CodingKeys: String, CodingKey {
        case model, messages, stream, temperature
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
        case streamOptions = "stream_options"
        case reasoningEffort = "reasoning_effort"
    }
}

/// Options of llama.cpp's DRY sampler, which makes a token less likely the longer the repetition that it would continue
/// (llama.cpp, tools/server/README.md).
struct LoopBreaking: Encodable {
    /// The strength; 0 is off.
    var multiplier: Double
    /// How many tokens may be repeated without a penalty, so that short quotations from the conversation stay possible.
    var allowedLength: Int
    /// How many tokens back to look.
    var lastTokens: Int
    /// Texts at which a repetition ends.
    ///
    /// By default a line feed is one, so that short lines could be repeated for ever.
    var breakers: [String]

    /// The options for the bundled model, as measured (<doc:LocalModel>).
    static let bundledModel = LoopBreaking(
        multiplier: 0.8, allowedLength: 8, lastTokens: 1024, breakers: ["<|im_end|>"])

    private enum CodingKeys: String, CodingKey {
        case multiplier = "dry_multiplier"
        case allowedLength = "dry_allowed_length"
        case lastTokens = "dry_penalty_last_n"
        case breakers = "dry_sequence_breakers"
    }
}
