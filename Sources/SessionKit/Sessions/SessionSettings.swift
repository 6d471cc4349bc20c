/// What a session asks of a model; nil everywhere means the model's own default, and then nothing is sent.
public struct SessionSettings: Hashable, Sendable {
    /// The system prompt.
    public var system: String?
    /// The sampling temperature, 0 or more; services commonly take up to 2.
    public var temperature: Double?
    /// The most tokens an answer may have, 1 or more.
    public var maxTokens: Int?

    /// Makes settings.
    public init(system: String? = nil, temperature: Double? = nil, maxTokens: Int? = nil) {
        self.system = system
        self.temperature = temperature
        self.maxTokens = maxTokens
    }

    /// Whether nothing is set.
    public var isEmpty: Bool { self == SessionSettings() }
}
