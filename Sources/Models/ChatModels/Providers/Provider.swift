/// How to reach a family of models, as data: where, in which language, with whose key.
public struct Provider: Sendable, Equatable {
    /// What stands before the colon of a model reference.
    public var name: String
    /// The language it speaks.
    public var api: WireAPI
    /// What the API's paths are put after, without a slash at the end.
    public var baseURL: String
    /// A UNIX socket to connect to in place of the URL's host.
    public var unixSocketPath: String?
    /// The environment variables that may hold the key; the first that is set and not empty does.
    public var keyVariables: [String]
    /// The command that prints the key if no variable holds it.
    public var keyCommand: KeyCommand?
    /// Whether requests go without a key if there is none.
    public var keyIsOptional: Bool
    /// The header field that the key goes into; nil for the API's own way.
    public var keyHeader: String?
    /// The model that the provider's name alone means.
    public var defaultModel: String?
    /// Header fields to send with every request, over the API's own of the same name.
    public var headers: [String: String]
    /// Whether plain `http` to another machine is allowed.
    public var allowInsecure: Bool
    /// How long to wait.
    public var timeouts: ProviderTimeouts
    /// What the service calls the limit on the answer's tokens.
    ///
    /// Chat Completions only.
    public var tokenLimitParameter: TokenLimitParameter
    /// Whether to ask for the usage of a streamed answer by `stream_options`.
    ///
    /// Chat Completions only.
    public var asksForUsage: Bool
    /// The windows of its models where the service does not tell them, or not the right ones.
    public var contextWindow: ContextWindowSetting?

    /// Makes a provider.
    ///
    /// - Parameters:
    ///   - name: what stands before the colon of a model reference.
    ///   - api: the language it speaks.
    ///   - baseURL: what the API's paths are put after.
    ///   - unixSocketPath: a UNIX socket to connect to in place of the URL's host.
    ///   - keyVariables: the environment variables that may hold the key, in order.
    ///   - keyCommand: the command that prints the key if no variable holds it.
    ///   - keyIsOptional: whether requests go without a key if there is none.
    ///   - keyHeader: the header field that the key goes into; nil for the API's own way.
    ///   - defaultModel: the model that the provider's name alone means.
    ///   - headers: header fields to send with every request.
    ///   - allowInsecure: whether plain `http` to another machine is allowed.
    ///   - timeouts: how long to wait.
    ///   - tokenLimitParameter: what the service calls the limit on the answer's tokens.
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
