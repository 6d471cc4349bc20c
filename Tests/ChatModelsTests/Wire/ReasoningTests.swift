import SessionKit
import Testing

@testable import ChatModels

/// Streams as the services' documentation shows them.
@Suite("What a model reasons")
struct ReasoningTests {
    private func events(_ format: any WireFormat, _ stream: [String]) -> (events: [ModelEvent], fault: WireFault?) {
        var decoder = AnswerDecoder(format, framing: .events)
        decoder.feed(Array(stream.map { $0 + "\n\n" }.joined().utf8))
        decoder.finish()
        return (decoder.takeEvents(), decoder.fault)
    }

    private let chat = OpenAIChatFormat(tokenLimitParameter: .maxTokens, asksForUsage: true)

    @Test(
        "is apart from the answer, whatever a Chat Completions service calls it",
        arguments: ["reasoning_content", "reasoning"])
    func chat(_ name: String) {
        let (events, fault) = events(
            chat,
            [
                #"data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"\#(name)":"Let me"}}]}"#,
                #"data: {"choices":[{"index":0,"delta":{"\#(name)":" think."}}]}"#,
                #"data: {"choices":[{"index":0,"delta":{"content":"Four."}}]}"#,
                #"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#, "data: [DONE]",
            ])
        #expect(events == [.reasoning("Let me"), .reasoning(" think."), .text("Four."), .finished(.stop)])
        #expect(fault == nil)
    }

    @Test func `is Anthropic's thinking, in a stream and in a document`() {
        let stream = [
            "event: message_start\n" + #"data: {"type":"message_start","message":{"usage":{"input_tokens":9}}}"#,
            "event: content_block_start\n"
                + #"data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":""}}"#,
            "event: content_block_delta\n"
                + #"data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Two and two"}}"#,
            "event: content_block_delta\n"
                + #"data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}"#,
            "event: content_block_delta\n"
                + #"data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Four."}}"#,
            "event: message_delta\n"
                + #"data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":12}}"#,
            "event: message_stop\n" + #"data: {"type":"message_stop"}"#,
        ]
        let expected: [ModelEvent] = [
            .reasoning("Two and two"), .text("Four."), .usage(TokenUsage(inputTokens: 9, outputTokens: 12)),
            .finished(.stop),
        ]
        #expect(events(AnthropicMessagesFormat(), stream).events == expected)
        var decoder = AnswerDecoder(AnthropicMessagesFormat(), framing: .document)
        let document = #"""
            {"type":"message","content":[{"type":"thinking","thinking":"Two and two","signature":"E"},
            {"type":"text","text":"Four."}],"stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":12}}
            """#
        decoder.feed(Array(document.utf8))
        decoder.finish()
        #expect(decoder.takeEvents() == expected)
    }

    @Test func `is the summary of a response, whose text, usage and end are read`() {
        let stream = [
            "event: response.created\n"
                + #"data: {"type":"response.created","response":{"id":"r","status":"in_progress"}}"#,
            "event: response.reasoning_summary_text.delta\n"
                + #"data: {"type":"response.reasoning_summary_text.delta","delta":"Two and two"}"#,
            "event: response.output_text.delta\n" + #"data: {"type":"response.output_text.delta","delta":"Fo"}"#,
            "event: response.output_text.delta\n" + #"data: {"type":"response.output_text.delta","delta":"ur."}"#,
            "event: response.completed\n"
                + #"data: {"type":"response.completed","response":{"status":"completed","usage":{"input_tokens":9,"output_tokens":12}}}"#,
        ]
        #expect(
            events(OpenAIResponsesFormat(), stream).events == [
                .reasoning("Two and two"), .text("Fo"), .text("ur."),
                .usage(TokenUsage(inputTokens: 9, outputTokens: 12)), .finished(.stop),
            ])
        var decoder = AnswerDecoder(OpenAIResponsesFormat(), framing: .document)
        let document = #"""
            {"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"},"output":[
            {"type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}]},
            {"type":"message","role":"assistant","content":[{"type":"output_text","text":"Four"}]}],"error":null}
            """#
        decoder.feed(Array(document.utf8))
        decoder.finish()
        #expect(decoder.takeEvents() == [.reasoning("Hm"), .text("Four"), .finished(.length)])
    }

    @Test func `a response that fails is an error with the service's words`() {
        let failed =
            #"data: {"type":"response.failed","response":{"status":"failed","error":{"code":"context_length_exceeded","message":"too long"}}}"#
        guard case .service(let report)? = events(OpenAIResponsesFormat(), [failed]).fault else {
            Issue.record("no fault")
            return
        }
        #expect(report.code == "context_length_exceeded" && report.message == "too long")
        let cut = events(OpenAIResponsesFormat(), [#"data: {"type":"response.output_text.delta","delta":"Fo"}"#])
        #expect(cut.events == [.text("Fo")])
        guard case .cut? = cut.fault else {
            Issue.record("it is not cut")
            return
        }
    }

    private func body(_ format: any WireFormat, _ model: String, _ request: ModelRequest) throws -> String {
        String(decoding: try format.body(of: request, model: model), as: UTF8.self)
    }

    @Test func `is asked for as each API calls it, and without a temperature where none is taken`() throws {
        var request = ModelRequest(
            messages: [.init(role: .system, content: "Be brief."), .init(role: .user, content: "Hi")], temperature: 0.5,
            maxTokens: 100, reasoningEffort: .low)
        let openAI = OpenAIChatFormat(tokenLimitParameter: .maxCompletionTokens, asksForUsage: false)
        let chat = try body(openAI, "gpt-5-mini", request)
        #expect(chat.contains(#""reasoning_effort":"low""#) && chat.contains(#""max_completion_tokens":100"#))
        #expect(!chat.contains("temperature"))
        #expect(try body(openAI, "gpt-4.1", request).contains(#""temperature":0.5"#))
        let anthropic = try body(AnthropicMessagesFormat(), "claude-x", request)
        #expect(anthropic.contains(#""thinking":{"budget_tokens":2048,"type":"enabled"}"#))
        #expect(anthropic.contains(#""max_tokens":2148"#) && !anthropic.contains("temperature"))
        let response = try body(OpenAIResponsesFormat(), "gpt-5", request)
        #expect(
            response
                == #"{"input":[{"content":"Hi","role":"user"}],"instructions":"Be brief.","max_output_tokens":100,"model":"gpt-5","reasoning":{"effort":"low","summary":"auto"},"store":false,"stream":true}"#
        )
        request.reasoningEffort = nil
        #expect(try !body(AnthropicMessagesFormat(), "claude-x", request).contains("thinking"))
    }
}
