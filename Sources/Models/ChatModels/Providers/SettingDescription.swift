/// What help says about a key of the configuration file.
package struct SettingDescription: Sendable {
    /// What it sets.
    package let meaning: String
    /// The default; nil where that needs no words.
    package let otherwise: String?
    /// A value, in JSON.
    package let example: String

    /// Describes a key.
    ///
    /// - Parameters:
    ///   - meaning: what it sets.
    ///   - otherwise: the default.
    ///   - example: a value, in JSON.
    package init(_ meaning: String, otherwise: String? = nil, example: String) {
        self.meaning = meaning
        self.otherwise = otherwise
        self.example = example
    }
}

extension ProviderConfiguration.Setting {
    /// What help says about the setting.
    package var description: SettingDescription {
        switch self {
        case .api:
            SettingDescription(
                "its API: openai-chat, openai-responses, anthropic-messages, local-engine, echo",
                otherwise: "openai-chat",
                example: #""anthropic-messages""#)
        case .baseURL: SettingDescription("where it is", example: #""https://llm.example.com/v1""#)
        case .unixSocketPath:
            SettingDescription("a UNIX socket to connect to, an absolute path", example: #""/run/llm.sock""#)
        case .keyVariable: SettingDescription("the environment variable that holds the key", example: #""WORK_KEY""#)
        case .keyVariables:
            SettingDescription("several such; the first that is set counts", example: #"["WORK_KEY", "OTHER_KEY"]"#)
        case .keyCommand:
            SettingDescription(
                "a command that prints the key: for the shell, or an array",
                example: #""pass show openai""#)
        case .keyHeader:
            SettingDescription(
                "the header field that the key goes into", otherwise: "the API's own", example: #""api-key""#)
        case .defaultModel:
            SettingDescription("the model that the provider's name alone means", example: #""qwen3""#)
        case .headers:
            SettingDescription("header fields to send with each request", example: #"{"X-Team": "docs"}"#)
        case .allowInsecure:
            SettingDescription("whether plain http to another machine is allowed", otherwise: "false", example: "true")
        case .connectTimeout:
            SettingDescription("seconds to wait for the connection", otherwise: "10", example: "5")
        case .firstByteTimeout:
            SettingDescription("seconds to wait for the first byte of an answer", otherwise: "300", example: "600")
        case .idleTimeout:
            SettingDescription("seconds to wait between two pieces of it", otherwise: "60", example: "120")
        case .tokenLimitParameter:
            SettingDescription(
                "the limit's name: max_tokens or max_completion_tokens",
                example: #""max_completion_tokens""#)
        case .asksForUsage:
            SettingDescription(
                "false for a service that refuses stream_options", otherwise: "true", example: "false")
        case .contextWindow:
            SettingDescription(
                "the tokens of its models' window, or an object of such numbers by model",
                otherwise: "what the service tells", example: "32768")
        }
    }
}
