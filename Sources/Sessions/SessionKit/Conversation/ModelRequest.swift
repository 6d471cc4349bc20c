/// What a model is asked.
public struct ModelRequest: Hashable, Sendable {
    /// One message as a model sees it.
    public struct Message: Hashable, Sendable {
        /// Who speaks.
        public var role: Role
        /// The words.
        public var content: Content

        /// Makes a message.
        public init(role: Role, content: Content) {
            self.role = role
            self.content = content
        }
    }

    /// The system prompt if there is one, the history, the prompt.
    public var messages: [Message]
    /// The sampling temperature; nil for the model's own.
    public var temperature: Double?
    /// The most tokens the answer may have; nil for the model's own.
    public var maxTokens: Int?
    /// How much the model is to reason; nil for the model's own way.
    public var reasoningEffort: ReasoningEffort?
    /// What else goes along.
    public var parameters = ModelParameters()
    /// A JSON Schema that the answer is to fit, as JSON text; nil for any answer.
    public var schema: String?
    /// Whether the answer is to arrive in pieces.
    public var streams: Bool

    /// Makes a request.
    public init(
        messages: [Message], temperature: Double? = nil, maxTokens: Int? = nil,
        reasoningEffort: ReasoningEffort? = nil, streams: Bool = true
    ) {
        self.messages = messages
        self.temperature = temperature
        self.maxTokens = maxTokens
        self.reasoningEffort = reasoningEffort
        self.streams = streams
    }

    /// Makes the request of an open turn.
    ///
    /// - Parameters:
    ///   - turn: the turn.
    ///   - context: the messages to send.
    ///   - schema: a JSON Schema that the answer is to fit.
    ///   - streams: whether the answer is to arrive in pieces.
    public init(_ turn: OpenTurn, _ context: TurnContext, schema: String? = nil, streams: Bool = true) {
        self.init(
            messages: context.messages, temperature: turn.settings.temperature, maxTokens: turn.settings.maxTokens,
            reasoningEffort: turn.settings.reasoningEffort, streams: streams)
        parameters = turn.settings.parameters
        self.schema = schema
    }
}
