/// Which model is meant: `provider:model`, split at the first colon, or a provider's name alone for its default model.
///
/// `openai:gpt-5-mini`, `ollama:llama3.2:1b` (the model is `llama3.2:1b`), `local`, `local:/path/to/model.gguf`.
public struct ModelReference: Hashable, Sendable, CustomStringConvertible {
    /// The name under which the provider is known.
    public let provider: String
    /// The model's name there; nil for the provider's default.
    public let model: String?

    /// Makes a reference from its parts.
    public init(provider: String, model: String?) {
        self.provider = provider
        self.model = model
    }

    /// Reads a reference from text; every text without control characters and with a provider's name is one.
    ///
    /// - Returns: nil if the provider or the model after a colon is empty, or there is a control character.
    public init?(_ text: String) {
        guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { return nil }
        // By scalars: a colon with a combining mark after it is a colon still.
        guard let colon = text.unicodeScalars.firstIndex(of: ":") else {
            guard !text.isEmpty else { return nil }
            self.init(provider: text, model: nil)
            return
        }
        let model = String(text.unicodeScalars[colon...].dropFirst())
        guard colon != text.startIndex, !model.isEmpty else { return nil }
        self.init(provider: String(text.unicodeScalars[..<colon]), model: model)
    }

    /// The reference as text, which reads back as the same reference.
    public var description: String { model.map { "\(provider):\($0)" } ?? provider }
}
