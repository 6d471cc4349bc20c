import Testing

@testable import ChatModels

/// Refusals as services document them, or as LiteLLM's source collects them.
@Suite("A refusal for length")
struct LengthRefusalTests {
    private static let refusals: [(name: String, status: Int, body: String, tokens: Int?, limit: Int?)] = [
        (
            "OpenAI", 400,
            #"{"error":{"message":"This model's maximum context length is 8192 tokens. However, your messages resulted in 10024 tokens. Please reduce the length of the messages.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#,
            10_024, 8192
        ),
        (
            "OpenAI, without numbers", 400,
            #"{"error":{"message":"Your input exceeds the context window of this model. Please adjust your input and try again.","type":"invalid_request_error","code":"context_length_exceeded"}}"#,
            nil, nil
        ),
        (
            "llama.cpp", 400,
            #"{"error":{"code":400,"message":"request (9384 tokens) exceeds the available context size (8192 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9384,"n_ctx":8192}}"#,
            9384, 8192
        ),
        (
            "Anthropic", 400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 tokens > 200000 maximum"}}"#,
            208_310, 200_000
        ),
        (
            "Anthropic, with the answer's limit", 400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000, decrease input length or `max_tokens` and try again"}}"#,
            nil, 200_000
        ),
        (
            "Gemini", 400,
            #"{"error":{"code":400,"message":"The input token count (1,200,000) exceeds the maximum number of tokens allowed (1,048,576).","status":"INVALID_ARGUMENT"}}"#,
            1_200_000, 1_048_576
        ),
        (
            "vLLM", 400,
            #"{"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5120 tokens (4608 in the messages, 512 in the completion). Please reduce the length of the messages or completion.","type":"BadRequestError","code":400}"#,
            5120, 4096
        ),
        (
            "Mistral", 400,
            #"{"object":"error","message":"Prompt contains 40960 tokens and 0 draft tokens, too large for model with 32768 maximum context length","type":"invalid_request_prompt","code":"3051"}"#,
            40_960, 32_768
        ),
        (
            "xAI", 400,
            #"{"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 139000 tokens."}"#,
            139_000, 131_072
        ),
        (
            "Cerebras", 400,
            #"{"message":"Please reduce the length of the messages or completion. Current length is 9001 while limit is 8192","type":"invalid_request_error","code":"context_length_exceeded"}"#,
            9001, 8192
        ),
        (
            "Text Generation Inference", 422,
            #"{"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens and 512 `max_new_tokens`","error_type":"validation"}"#,
            nil, 4096
        ),
        (
            "LM Studio", 400,
            #"{"error":"Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough."}"#,
            5000, 4096
        ),
        ("a proxy", 413, "<html>Request Entity Too Large</html>", nil, nil),
    ]

    @Test("is known with the numbers that it gives", arguments: refusals.indices)
    func isKnown(_ index: Int) throws {
        let (name, status, body, tokens, limit) = Self.refusals[index]
        let report = WireJSON.decode(ServiceReport.self, from: Array(body.utf8)) ?? ServiceReport()
        let refusal = try #require(LengthRefusal(report, status: status), "\(name)")
        #expect(refusal.promptTokens == tokens && refusal.limit == limit, "\(name): \(refusal)")
    }

    @Test(
        "is nothing else that speaks of tokens",
        arguments: [
            (429, "Rate limit reached for gpt-4 in organization on tokens per min (TPM): Limit 10000, Used 9000."),
            (400, "max_tokens is too large: 100000. This model supports at most 16384 completion tokens."),
            (401, "invalid token"), (400, "Invalid value for 'temperature'."), (500, "internal error"),
        ])
    func isNothingElse(_ status: Int, _ words: String) {
        #expect(LengthRefusal(ServiceReport(message: words), status: status) == nil)
    }
}
