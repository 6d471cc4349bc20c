/// Which model is meant: `provider:model`, split at the first colon, or a provider's name alone for its default model.
///
/// `openai:gpt-5-mini`, `ollama:llama3.2:1b` (the model is `llama3.2:1b`), `local`, `local:/path/to/model.gguf`.
public struct ModelReference: Hashable, Sendable, CustomStringConvertible {
    /// The name under which the provider is known.
    public let provider: String
    /// The model's name there; nil for the provider's default.
    public let model: String?

    /// Makes a reference from parts that are known to be good; one that comes from outside is read by `init(_:)`.
    ///
    /// - Parameters:
    ///   - provider: the provider's name: not empty, without colons and control characters.
    ///   - model: the model's name there, without control characters; nil or empty for the provider's default.
    /// - Precondition: the parts are such, so that every reference reads back from its text.
    public init(provider: String, model: String?) {
        let model = model.flatMap { $0.isEmpty ? nil : $0 }
        precondition(
            Self.isName(provider) && !provider.unicodeScalars.contains(":") && model.map(Self.isName) ?? true,
            "a provider's name has no colon, and neither name is empty or has control characters")
        self.provider = provider
        self.model = model
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }

    /// Reads a reference from text; every text without control characters and with a provider's name is one.
    ///
    /// - Returns: nil if the provider or the model after a colon is empty, or there is a control character.
    public init?(_ text: String) {
        guard Self.isName(text) else { return nil }
        // By scalars: a colon with a combining mark after it is a colon still.
        guard let colon = text.unicodeScalars.firstIndex(of: ":") else {
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
