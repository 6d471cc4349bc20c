/// How to reach a family of models: the address, the API and the key.
public struct Provider: Sendable, Equatable {
    /// The part of a model reference before the colon.
    public var name: String
    /// Its wire API.
    public var api: WireAPI
    /// The URL that the API's paths are appended to, without a slash at the end.
    public var baseURL: String
    /// A UNIX socket to connect to in place of the URL's host.
    public var unixSocketPath: String?
    /// The environment variables that may hold the key; the first that is set and not empty counts.
    public var keyVariables: [String]
    /// The command that prints the key if no variable holds it.
    public var keyCommand: KeyCommand?
    /// Whether requests go without a key if there is none.
    public var keyIsOptional: Bool
    /// The header field for the key; nil for the API's own.
    public var keyHeader: String?
    /// The model of a reference that names only the provider.
    public var defaultModel: String?
    /// Header fields for every request; they replace the API's own of the same name.
    public var headers: [String: String]
    /// Whether plain `http` to another machine is allowed.
    public var allowInsecure: Bool
    /// The time-outs of its requests.
    public var timeouts: ProviderTimeouts
    /// The name of the limit on the answer's tokens; for Chat Completions only.
    public var tokenLimitParameter: TokenLimitParameter
    /// Whether to ask for the usage of a streamed answer by `stream_options`; for Chat Completions only.
    public var asksForUsage: Bool
    /// The context windows of its models, where the service reports none or wrong ones.
    public var contextWindow: ContextWindowSetting?

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - name: the part of a model reference before the colon.
    ///   - api: its wire API.
    ///   - baseURL: the URL that the API's paths are appended to.
    ///   - unixSocketPath: a UNIX socket to connect to in place of the URL's host.
    ///   - keyVariables: the environment variables that may hold the key, in order.
    ///   - keyCommand: the command that prints the key if no variable holds it.
    ///   - keyIsOptional: whether requests go without a key if there is none.
    ///   - keyHeader: the header field for the key; nil for the API's own.
    ///   - defaultModel: the model of a reference that names only the provider.
    ///   - headers: header fields for every request.
    ///   - allowInsecure: whether plain `http` to another machine is allowed.
    ///   - timeouts: the time-outs of its requests.
    ///   - tokenLimitParameter: the name of the limit on the answer's tokens.
    ///   - asksForUsage: whether to ask for the usage of a streamed answer.
    public init(
        name: String, api: WireAPI = .openAIChat, baseURL: String, unixSocketPath: String? = nil,
        keyVariables: [String] = [], keyCommand: KeyCommand? = nil, keyIsOptional: Bool = false,
        keyHeader: String? = nil, defaultModel: String? = nil, headers: [String: String] = [:],
        allowInsecure: Bool = false,
        timeouts: ProviderTimeouts = ProviderTimeouts(), tokenLimitParameter: TokenLimitParameter = .maxTokens,
        asksForUsage: Bool = true
    ) {
        self.name = name
        self.api = api
        self.baseURL = baseURL
        self.unixSocketPath = unixSocketPath
        self.keyVariables = keyVariables
        self.keyCommand = keyCommand
        self.keyIsOptional = keyIsOptional
        self.keyHeader = keyHeader
        self.defaultModel = defaultModel
        self.headers = headers
        self.allowInsecure = allowInsecure
        self.timeouts = timeouts
        self.tokenLimitParameter = tokenLimitParameter
        self.asksForUsage = asksForUsage
    }

    /// Whether requests carry a key at all.
    var usesKey: Bool { !keyVariables.isEmpty || keyCommand != nil }
}

/// The APIs of providers.
public enum WireAPI: String, Sendable, CaseIterable, Decodable {
    /// OpenAI Chat Completions, which most services offer: `POST {base URL}/chat/completions`.
    case openAIChat = "openai-chat"
    /// OpenAI Responses, where the service is asked to store nothing: `POST {base URL}/responses`.
    case openAIResponses = "openai-responses"
    /// Anthropic Messages: `POST {base URL}/v1/messages`.
    case anthropicMessages = "anthropic-messages"
    /// The engine on this machine, started on demand; models are names of GGUF files.
    case localEngine = "local-engine"
    /// No service: the answer is the prompt.
    case echo
}

/// The name of the limit on the answer's tokens in Chat Completions.
public enum TokenLimitParameter: String, Sendable, CaseIterable, Decodable {
    /// The name that every compatible server knows, but that OpenAI's reasoning models refuse.
    case maxTokens = "max_tokens"
    /// OpenAI's name since its reasoning models, which Mistral, for example, refuses with 422.
    case maxCompletionTokens = "max_completion_tokens"
}

/// The time-outs of requests to a provider.
public struct ProviderTimeouts: Sendable, Equatable {
    /// For the connection, TLS included; more than zero.
    public var connect: Duration
    /// From sending the request to the first byte of the answer; more than zero.
    ///
    /// Large models read long prompts slowly.
    public var firstByte: Duration
    /// Between two pieces of the answer; more than zero.
    public var idle: Duration

    /// Makes a set of time-outs.
    ///
    /// - Parameters:
    ///   - connect: for the connection, TLS included.
    ///   - firstByte: from sending the request to the first byte of the answer.
    ///   - idle: between two pieces of the answer.
    public init(
        connect: Duration = .seconds(10), firstByte: Duration = .seconds(300), idle: Duration = .seconds(60)
    ) {
        self.connect = connect
        self.firstByte = firstByte
        self.idle = idle
    }
}

/// The context windows of a provider's models in the configuration: one for all, or one for each.
public enum ContextWindowSetting: Sendable, Equatable {
    /// The same for every model, in tokens.
    case all(Int)
    /// By the model's name.
    case byModel([String: Int])

    /// The window of a model, in tokens; nil if the configuration has none.
    public func window(of model: String) -> Int? {
        switch self {
        case .all(let tokens): tokens
        case .byModel(let windows): windows[model]
        }
    }
}

extension ContextWindowSetting: Decodable {
    /// Reads a number of tokens, 1 or more, or an object of such numbers.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let tokens = try? value.decode(Int.self) {
            self = .all(tokens)
        } else {
            self = .byModel(try value.decode([String: Int].self))
        }
        let isGood =
            switch self {
            case .all(let tokens): tokens > 0
            case .byModel(let windows): windows.values.allSatisfy { $0 > 0 }
            }
        guard isGood else { throw DecodingError.dataCorruptedError(in: value, debugDescription: "not positive") }
    }
}
