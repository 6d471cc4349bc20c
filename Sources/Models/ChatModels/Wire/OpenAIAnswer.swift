import Platform
import SessionKit

/// A Chat Completions answer, whole or a chunk of a stream; no field is required.
struct OpenAIAnswer: Decodable {
    /// One of the answers that were requested.
    struct Choice: Decodable {
        let index: Int
        let text: String?
        let reasoning: String?
        let finishReason: String?
        /// Whether it has neither text nor reasoning nor a finish reason.
        let isEmpty: Bool

        private enum Key: String, CodingKey {
            case index, delta, message
            case finishReason = "finish_reason"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            index = container.lenient(Int.self, .index) ?? 0
            let words = container.lenient(Words.self, .delta) ?? container.lenient(Words.self, .message)
            text = words?.text
            reasoning = words?.reasoning
            finishReason = container.lenient(String.self, .finishReason)
            isEmpty = (words?.isEmpty ?? true) && (finishReason ?? "").isEmpty
        }
    }

    let choices: [Choice]
    let usage: TokenUsage?
    let hasError: Bool
    let report: ServiceReport

    private enum Key: String, CodingKey { case choices, usage, error }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        choices = container.lenient([Choice].self, .choices) ?? []
        usage = container.lenient(Usage.self, .usage).flatMap(\.count)
        hasError = container.contains(.error) && ((try? container.decodeNil(forKey: .error)) ?? true) == false
        // Read only where it can matter: there are as many chunks as tokens.
        report = hasError || choices.isEmpty ? try ServiceReport(from: decoder) : ServiceReport()
    }

    /// A message or a part of one.
    ///
    /// Reasoning (`reasoning_content` of DeepSeek, vLLM and llama.cpp, `reasoning` of OpenRouter, Groq and Ollama) is
    /// not part of the answer's text.
    private struct Words: Decodable {
        let text: String?
        let reasoning: String?
        /// Whether it has nothing but a role or empty text; any other field may be reasoning.
        let isEmpty: Bool

        private enum Key: String, CodingKey {
            case content, refusal, reasoning
            case reasoningContent = "reasoning_content"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            text =
                container.lenient(String.self, .content)
                ?? container.lenient([Part].self, .content)?.compactMap(\.text).joined()
                ?? container.lenient(String.self, .refusal)
            reasoning =
                container.lenient(String.self, .reasoningContent) ?? container.lenient(String.self, .reasoning)
            isEmpty = (text ?? "").isEmpty && Self.saysNoMore(decoder)
        }

        private static func saysNoMore(_ decoder: any Decoder) -> Bool {
            guard let all = try? decoder.container(keyedBy: AnyKey.self) else { return true }
            return all.allKeys.allSatisfy { key in
                ["role", "content", "refusal"].contains(key.stringValue) || (try? all.decodeNil(forKey: key)) ?? false
            }
        }
    }

    /// A part of content that is a list, as Mistral's reasoning models send it.
    private struct Part: Decodable {
        let text: String?

        private enum Key: String, CodingKey { case type, text }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            text = container.lenient(String.self, .type) == "text" ? container.lenient(String.self, .text) : nil
        }
    }

    private struct Usage: Decodable {
        let count: TokenUsage?

        private enum Key: String, CodingKey {
            case input = "prompt_tokens"
            case output = "completion_tokens"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            let (input, output) = (container.lenient(Int.self, .input), container.lenient(Int.self, .output))
            count = input == nil && output == nil ? nil : TokenUsage(inputTokens: input, outputTokens: output)
        }
    }
}
