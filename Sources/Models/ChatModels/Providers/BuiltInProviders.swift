/// The providers that need no configuration.
///
/// The default models are aliases of a current version, of a size that answers quickly and costs little; for a service
/// without such an alias there is no default, and the reference has to name a model.
enum BuiltInProviders {
    /// All of them, by name.
    static let byName: [String: Provider] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static let all: [Provider] = [
        Provider(
            name: "openai", baseURL: "https://api.openai.com/v1", keyVariables: ["OPENAI_API_KEY"],
            defaultModel: "gpt-5-mini", tokenLimitParameter: .maxCompletionTokens),
        Provider(
            name: "anthropic", api: .anthropicMessages, baseURL: "https://api.anthropic.com",
            keyVariables: ["ANTHROPIC_API_KEY"], defaultModel: "claude-sonnet-4-6"),
        // The model of Ollama's first example; a server without it answers how to pull it.
        Provider(name: "ollama", baseURL: "http://127.0.0.1:11434/v1", defaultModel: "llama3.2"),
        Provider(name: "local", api: .localEngine, baseURL: "http://localhost/v1"),
        Provider(name: "echo", api: .echo, baseURL: ""),
        Provider(
            name: "openrouter", baseURL: "https://openrouter.ai/api/v1", keyVariables: ["OPENROUTER_API_KEY"],
            defaultModel: "openrouter/auto"),
        Provider(name: "groq", baseURL: "https://api.groq.com/openai/v1", keyVariables: ["GROQ_API_KEY"]),
        // Mistral refuses stream_options with 422 ("Extra inputs are not permitted") and always sends the usage.
        Provider(
            name: "mistral", baseURL: "https://api.mistral.ai/v1", keyVariables: ["MISTRAL_API_KEY"],
            defaultModel: "mistral-small-latest", asksForUsage: false),
        Provider(
            name: "deepseek", baseURL: "https://api.deepseek.com/v1", keyVariables: ["DEEPSEEK_API_KEY"],
            defaultModel: "deepseek-chat"),
        Provider(name: "xai", baseURL: "https://api.x.ai/v1", keyVariables: ["XAI_API_KEY"]),
        // llama-server listens on port 8080 and answers with the model that it has loaded, whatever the request names.
        Provider(
            name: "llamacpp", baseURL: "http://127.0.0.1:8080/v1", keyVariables: ["LLAMA_API_KEY"],
            keyIsOptional: true, defaultModel: "default"),
        Provider(name: "lmstudio", baseURL: "http://127.0.0.1:1234/v1"),
    ]
}
