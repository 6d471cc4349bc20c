import SessionKit

/// A provider's settings in the configuration file; the others stay as built in.
///
/// ```json
/// { "baseURL": "https://llm.example.com/v1", "keyCommand": "pass llm", "defaultModel": "qwen3" }
/// ```
///
/// Keys must not be in the file, which is copied, shown and kept in version control: it names the variable that holds
/// the key, or the command that prints it.
public struct ProviderConfiguration: Sendable, Equatable {
    /// Its wire API; Chat Completions by default.
    public var api: WireAPI?
    /// The `http` or `https` URL that the API's paths are appended to.
    public var baseURL: String?
    /// A UNIX socket to connect to in place of the URL's host: an absolute path.
    public var unixSocketPath: String?
    /// The environment variables that may hold the key.
    public var keyVariables: [String]?
    /// The command that prints the key.
    public var keyCommand: KeyCommand?
    /// The header field for the key, in place of the API's own: `api-key` for Azure, `x-goog-api-key`.
    public var keyHeader: String?
    /// The model of a reference that names only the provider.
    public var defaultModel: String?
    /// Header fields for every request.
    public var headers: [String: String]?
    /// Whether plain `http` to another machine is allowed.
    public var allowInsecure: Bool?
    /// Seconds to wait for the connection.
    public var connectTimeout: Double?
    /// Seconds to wait for the first byte of an answer.
    public var firstByteTimeout: Double?
    /// Seconds to wait between two parts of an answer.
    public var idleTimeout: Double?
    /// The name of the limit on the answer's tokens.
    public var tokenLimitParameter: TokenLimitParameter?
    /// Whether to ask for the usage of a streamed answer.
    public var asksForUsage: Bool?
    /// The context windows of its models, in tokens.
    public var contextWindow: ContextWindowSetting?

    /// Makes a configuration that changes nothing.
    public init() {}

    /// The provider with these settings.
    ///
    /// - Parameters:
    ///   - name: the name it is configured under.
    ///   - builtIn: the built-in provider of that name, if there is one.
    /// - Throws: `ModelError` with `configuration`, naming the setting.
    func merged(over builtIn: Provider?, name: String) throws(ModelError) -> Provider {
        var provider = builtIn ?? Provider(name: name, baseURL: "")
        provider.api = api ?? provider.api
        if builtIn == nil, unixSocketPath != nil {
            // A request through a socket needs some host; the path is where these servers have their API.
            provider.baseURL = provider.api == .anthropicMessages ? "http://localhost" : "http://localhost/v1"
        }
        provider.baseURL = baseURL ?? provider.baseURL
        provider.unixSocketPath = unixSocketPath ?? provider.unixSocketPath
        // Either setting replaces both built-in ones: a variable that happens to be set must not override a command.
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
        // A day is long enough for any answer, and does not overflow.
        guard seconds >= 0.001, seconds <= 86_400 else {
            throw ModelError(
                .configuration, "providers.\(name).\(setting) is not a number of seconds from 0.001 to 86400.")
        }
        return .seconds(seconds)
    }
}
