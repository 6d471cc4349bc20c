/// What a session asks of a model; nil everywhere means the model's own default, and then nothing is sent.
public struct SessionSettings: Hashable, Sendable {
    /// The system prompt.
    public var system: String?
    /// The sampling temperature, 0 or more; services commonly take up to 2.
    public var temperature: Double?
    /// The most tokens an answer may have, from 1 to 2⁵³ − 1.
    public var maxTokens: Int?
    /// How much the model is to reason before it answers.
    public var reasoningEffort: ReasoningEffort?
    /// What else goes along with each request.
    public var parameters: ModelParameters

    /// Makes settings.
    public init(
        system: String? = nil, temperature: Double? = nil, maxTokens: Int? = nil,
        reasoningEffort: ReasoningEffort? = nil, parameters: ModelParameters = ModelParameters()
    ) {
        self.system = system
        self.temperature = temperature
        self.maxTokens = maxTokens
        self.reasoningEffort = reasoningEffort
        self.parameters = parameters
    }

    /// Checks that a session can have these settings.
    ///
    /// - Throws: `SessionError` with `invalidSetting` if the temperature is negative or no number, or the most tokens are
    ///   fewer than 1 or more than 2⁵³ − 1.
    public func check() throws(SessionError) {
        if let temperature, !temperature.isFinite || temperature < 0 {
            throw SessionError(.invalidSetting, "The temperature has to be a number from 0 up, not \(temperature).")
        }
        if let maxTokens, !(1...InteroperableInteger.largest).contains(maxTokens) {
            throw SessionError(
                .invalidSetting,
                "The most tokens of an answer have to be from 1 to \(InteroperableInteger.largest), not \(maxTokens).")
        }
    }

    /// Whether nothing is set.
    public var isEmpty: Bool { self == SessionSettings() }
}

/// How much a model is to reason before it answers, in the words of the OpenAI API; services may have others.
public struct ReasoningEffort: RawRepresentable, Hashable, Sendable {
    /// The word.
    public let rawValue: String
    /// Takes a word as a session has it.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Little.
    public static let low = ReasoningEffort(rawValue: "low")
    /// Some.
    public static let medium = ReasoningEffort(rawValue: "medium")
    /// Much.
    public static let high = ReasoningEffort(rawValue: "high")

    /// Those that every API knows in its own way.
    public static let known: [ReasoningEffort] = [.low, .medium, .high]
}
