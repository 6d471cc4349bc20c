/// An entry of a service's list of models.
public struct ListedModel: Sendable, Hashable {
    /// The model's name at the service.
    public let name: String
    /// The tokens that request and answer may have together; nil if the list does not say.
    public let contextWindow: Int?
    /// The price of a million tokens of a request, in US dollars; nil if the list does not say.
    public let inputPrice: Double?
    /// The price of a million tokens of an answer, in US dollars; nil if the list does not say.
    public let outputPrice: Double?

    /// Makes an entry.
    public init(name: String, contextWindow: Int? = nil, inputPrice: Double? = nil, outputPrice: Double? = nil) {
        self.name = name
        self.contextWindow = contextWindow
        self.inputPrice = inputPrice
        self.outputPrice = outputPrice
    }
}

extension ListedModel: Codable {
    private enum Key: String, CodingKey {
        case id, name, model, pricing, contextWindow, inputPrice, outputPrice, limits
        case loadedContextLength = "loaded_context_length"
        case maxInputTokens = "max_input_tokens"
        case contextLength = "context_length"
        case contextWindowOfService = "context_window"
        case maxModelLength = "max_model_len"
        case maxContextLength = "max_context_length"
    }

    /// The names of the context window, first those for the model as it is loaded.
    private static let windowKeys: [Key] = [
        .contextWindow, .loadedContextLength, .contextLength, .contextWindowOfService, .maxModelLength,
        .maxContextLength, .maxInputTokens,
    ]

    /// Reads an entry of a list as OpenAI, Anthropic, Ollama, OpenRouter, Groq, vLLM, Mistral or LM Studio writes it.
    public init(from decoder: any Decoder) throws {
        let entry = try decoder.container(keyedBy: Key.self)
        guard let name = [Key.id, .model, .name].lazy.compactMap({ entry.lenient(String.self, $0) }).first else {
            throw DecodingError.keyNotFound(
                Key.id, .init(codingPath: decoder.codingPath, debugDescription: "a model without a name"))
        }
        let window = Self.windowKeys.lazy.compactMap { entry.lenient(Int.self, $0) }.first { $0 > 0 }
        let prices = entry.lenient([String: Price].self, .pricing)
        self.init(
            name: name, contextWindow: window,
            inputPrice: prices?["prompt"]?.perMillion ?? entry.lenient(Double.self, .inputPrice),
            outputPrice: prices?["completion"]?.perMillion ?? entry.lenient(Double.self, .outputPrice))
    }

    /// Writes an entry for the cache.
    public func encode(to encoder: any Encoder) throws {
        var entry = encoder.container(keyedBy: Key.self)
        try entry.encode(name, forKey: .id)
        try entry.encodeIfPresent(contextWindow, forKey: .contextWindow)
        try entry.encodeIfPresent(inputPrice, forKey: .inputPrice)
        try entry.encodeIfPresent(outputPrice, forKey: .outputPrice)
    }

    /// OpenRouter's prices: dollars for one token, as text; -1 where the price varies.
    private struct Price: Decodable {
        let perMillion: Double?

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            let price = (try? value.decode(String.self)).flatMap(Double.init) ?? (try? value.decode(Double.self))
            perMillion = price.flatMap { $0 >= 0 ? $0 * 1_000_000 : nil }
        }
    }
}
