/// The language a provider speaks.
public enum WireAPI: String, Sendable, CaseIterable {
    /// OpenAI Chat Completions, which most services and servers offer: `POST {base URL}/chat/completions`.
    case openAIChat = "openai-chat"
    /// OpenAI Responses, with nothing stored there: `POST {base URL}/responses`.
    case openAIResponses = "openai-responses"
    /// Anthropic Messages: `POST {base URL}/v1/messages`.
    case anthropicMessages = "anthropic-messages"
    /// The engine on this machine, started on demand; models are names of GGUF files.
    case localEngine = "local-engine"
    /// No service at all: the answer is the prompt.
    case echo
}
