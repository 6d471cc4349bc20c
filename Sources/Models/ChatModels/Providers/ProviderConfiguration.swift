import SessionKit

/// What the configuration file may say about a provider; what it leaves out stays as it was built in.
///
/// ```json
/// { "baseURL": "https://llm.example.com/v1", "keyCommand": "pass llm", "defaultModel": "qwen3" }
/// ```
///
/// Keys have no place in the file: it is copied, shown and kept in version control. It names the variable that holds
/// the key, or the command that prints it.
public struct ProviderConfiguration: Sendable, Equatable {
    /// The language it speaks; Chat Completions for a provider that is not built in.
    public var api: WireAPI?
    /// What the API's paths are put after: an `http` or `https` URL.
    public var baseURL: String?
    /// A UNIX socket to connect to in place of the URL's host: an absolute path.
    public var unixSocketPath: String?
    /// The environment variables that may hold the key.
    public var keyVariables: [String]?
    /// The command that prints the key.
    public var keyCommand: KeyCommand?
    /// The header field that the key goes into, in place of the API's own: `api-key` for Azure, `x-goog-api-key`.
    public var keyHeader: String?
    /// The model that the provider's name alone means.
    public var defaultModel: String?
    /// Header fields to send with every request.
    public var headers: [String: String]?
    /// Whether plain `http` to another machine is allowed.
    public var allowInsecure: Bool?
    /// Seconds to wait for the connection.
    public var connectTimeout: Double?
    /// Seconds to wait for the first byte of an answer.
    public var firstByteTimeout: Double?
    /// Seconds to wait between two pieces of an answer.
    public var idleTimeout: Double?
    /// What the service calls the limit on the answer's tokens.
    public var tokenLimitParameter: TokenLimitParameter?
    /// Whether to ask for the usage of a streamed answer.
    public var asksForUsage: Bool?
    /// The windows of its models, in tokens.
    public var contextWindow: ContextWindowSetting?

    /// Makes a configuration that changes nothing.
    public init() {}

    /// The provider that comes of it.
    ///
    /// - Parameters:
    ///   - name: the name it is configured under.
    ///   - builtIn: the built-in provider of that name, if there is one.
    /// - Throws: `ModelError` with `configuration`, naming the setting.
    func merged(over builtIn: Provider?, name: String) throws(ModelError) -> Provider {
        var provider = builtIn ?? Provider(name: name, baseURL: "")
        provider.api = api ?? provider.api
        if builtIn == nil, unixSocketPath != nil {
            // The host of a request through a socket is a formality; the path is where these servers have their API.
            provider.baseURL = provider.api == .anthropicMessages ? "http://localhost" : "http://localhost/v1"
        }
        provider.baseURL = baseURL ?? provider.baseURL
        provider.unixSocketPath = unixSocketPath ?? provider.unixSocketPath
        // Either way of getting a key replaces what was built in: a command is not to be overridden by a stray variable.
        if keyVariables != nil || keyCommand != nil {
            provider.keyVariables = keyVariables ?? []
            provider.keyCommand = keyCommand
            provider.keyIsOptional = false
        }
        provider.keyHeader = keyHeader ?? provider.keyHeader
        provider.defaultModel = defaultModel ?? provider.defaultModel
        provider.headers.merge(headers ?? [:]) { $1 }
        provider.allowInsecure = allowInsecure ?? provider.allowInsecure
        provider.tokenLimitParameter = tokenLimitParameter ?? provider.tokenLimitParameter
        provider.asksForUsage = asksForUsage ?? provider.asksForUsage
        provider.contextWindow = contextWindow ?? provider.contextWindow
        provider.timeouts.connect = try duration(connectTimeout, "connectTimeout", name) ?? provider.timeouts.connect
        provider.timeouts.firstByte =
            try duration(firstByteTimeout, "firstByteTimeout", name) ?? provider.timeouts.firstByte
        provider.timeouts.idle = try duration(idleTimeout, "idleTimeout", name) ?? provider.timeouts.idle
        return provider
    }

    private func duration(_ seconds: Double?, _ setting: String, _ name: String) throws(ModelError) -> Duration? {
        guard let seconds else { return nil }
        // A day is long enough for any answer, and keeps what becomes of the number within its type.
        guard seconds >= 0.001, seconds <= 86_400 else {
            throw ModelError(
                .configuration, "providers.\(name).\(setting) is not a number of seconds from 0.001 to 86400.")
        }
        return .seconds(seconds)
    }
}
