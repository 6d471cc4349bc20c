import ChatModels

extension Configuration {
    /// A key of the configuration file.
    enum Key: String, CodingKey, CaseIterable {
        case model, store, providers, fallback, sessionTTL, maxSessions, historyLimit, showUsage, raw

        /// What help says about the key.
        var description: SettingDescription {
            switch self {
            case .model:
                SettingDescription("the model where nothing else names one", example: #""openai:gpt-5-mini""#)
            case .store:
                SettingDescription(
                    "what keeps the sessions: a path, sqlite:PATH or postgres://HOST/DATABASE",
                    otherwise: "~/.sessions",
                    example: #""sqlite:~/.sessions.db""#)
            case .providers:
                SettingDescription(
                    "settings of providers by name, over or beside those built in",
                    example: #"{"openai": {"keyCommand": "pass show openai"}}"#)
            case .fallback:
                SettingDescription(
                    "the models that answer in a model's place when it can't, in order", otherwise: "none",
                    example: #"{"openai:gpt-5": ["anthropic:claude-sonnet-4-6"]}"#)
            case .sessionTTL:
                SettingDescription(
                    "sessions unused for longer are removed when a chat ends", otherwise: "none",
                    example: #""365d""#)
            case .maxSessions:
                SettingDescription(
                    "sessions beyond so many are removed when a chat ends", otherwise: "none", example: "1000")
            case .historyLimit:
                SettingDescription(
                    "how many lines typed at the prompt are kept; 0 keeps none",
                    otherwise: "\(Configuration().historyLimit)", example: "200")
            case .showUsage:
                SettingDescription("whether tokens and seconds follow each answer", otherwise: "false", example: "true")
            case .raw:
                SettingDescription(
                    "whether a terminal shows answers without rendering Markdown", otherwise: "false", example: "true")
            }
        }
    }
}
