/// What a model is asked.
public struct ModelRequest: Hashable, Sendable {
    /// One message as a model sees it.
    public struct Message: Hashable, Sendable {
        /// Who speaks.
        public var role: Role
        /// The words.
        public var content: String

        /// Makes a message.
        public init(role: Role, content: String) {
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
    /// Whether the answer is to arrive in pieces.
    public var streams: Bool

    /// Makes a request.
    public init(messages: [Message], temperature: Double? = nil, maxTokens: Int? = nil, streams: Bool = true) {
        self.messages = messages
        self.temperature = temperature
        self.maxTokens = maxTokens
        self.streams = streams
    }

    /// Makes the request of an open turn.
    ///
    /// An answer that was interrupted goes along like any other.
    public init(_ turn: OpenTurn, streams: Bool = true) {
        var messages: [Message] = []
        messages.reserveCapacity(turn.history.count + 2)
        if let system = turn.settings.system, !system.isEmpty {
            messages.append(Message(role: .system, content: system))
        }
        for message in turn.history + [turn.prompt] {
            messages.append(Message(role: message.role, content: message.content))
        }
        self.init(
            messages: messages, temperature: turn.settings.temperature, maxTokens: turn.settings.maxTokens,
            streams: streams)
    }
}
