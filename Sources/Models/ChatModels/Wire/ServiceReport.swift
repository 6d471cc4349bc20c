/// A service's report of its failure, in any of the usual shapes.
///
/// OpenAI and Anthropic: `{"error":{"message","type","code"}}`; Ollama: `{"error":"…"}`; Mistral:
/// `{"message","type","code"}` where the message may be an object; FastAPI servers such as vLLM:
/// `{"detail":[{"msg"}]}`.
struct ServiceReport: Sendable, Equatable {
    /// The service's message.
    var message: String?
    /// The kind of failure, in the service's terms.
    var type: String?
    /// The code of the failure, in the service's terms; for some services the HTTP status.
    var code: String?
    /// The tokens of a request that is too long, from llama.cpp.
    var promptTokens: Int?
    /// The tokens of the context window.
    var limit: Int?
}

extension ServiceReport: Decodable {
    private enum Key: String, CodingKey {
        case error, message, detail, type, code
        case promptTokens = "n_prompt_tokens"
        case limit = "n_ctx"
    }

    /// Reads a report; no field is required.
    init(from decoder: any Decoder) throws {
        let outer = try decoder.container(keyedBy: Key.self)
        let inner = (try? outer.nestedContainer(keyedBy: Key.self, forKey: .error)) ?? outer
        message =
            (inner.lenient(Words.self, .message) ?? inner.lenient(Words.self, .detail)
            ?? outer.lenient(Words.self, .error))?.text
        type = inner.lenient(String.self, .type)
        promptTokens = inner.lenient(Int.self, .promptTokens)
        limit = inner.lenient(Int.self, .limit)
        code = inner.lenient(String.self, .code) ?? inner.lenient(Int.self, .code).map(String.init)
    }

    /// Whether it has neither message nor type nor code.
    var isEmpty: Bool { message == nil && type == nil && code == nil }

    /// The text somewhere in a string, a list or an object.
    private struct Words: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self.text = text
            } else if let list = try? decoder.singleValueContainer().decode([Words].self) {
                text = list.map(\.text).joined(separator: "; ")
            } else {
                let object = try decoder.container(keyedBy: WordsKey.self)
                for key in WordsKey.allCases {
                    if let words = object.lenient(Words.self, key) {
                        self = words
                        return
                    }
                }
                throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no words"))
            }
        }
    }

    private enum WordsKey: String, CodingKey, CaseIterable { case message, msg, detail, error }
}
