import Foundation
import SessionKit
import Testing

@testable import ChatModels

struct AnswerDecoderTests {
    private static let openAI = OpenAIChatFormat(tokenLimitParameter: .maxTokens, asksForUsage: true)
    private static let anthropic = AnthropicMessagesFormat()

    /// The events of a stream that is fed in these pieces, and whether it went wrong.
    private func events(
        _ pieces: [ArraySlice<UInt8>], _ format: any WireFormat, framing: AnswerDecoder.Framing = .events,
        limits: AnswerLimits = AnswerLimits()
    ) -> (events: [ModelEvent], fault: WireFault?) {
        var decoder = AnswerDecoder(format, framing: framing, limits: limits)
        var events: [ModelEvent] = []
        for piece in pieces {
            decoder.feed(Array(piece))
            events += decoder.takeEvents()
        }
        decoder.finish()
        return (events + decoder.takeEvents(), decoder.fault)
    }

    private func events(
        _ text: String, _ format: any WireFormat = openAI, framing: AnswerDecoder.Framing = .events,
        limits: AnswerLimits = AnswerLimits()
    ) -> (events: [ModelEvent], fault: WireFault?) {
        events([Array(text.utf8)[...]], format, framing: framing, limits: limits)
    }

    @Test("events that say nothing end a stream when there are too many in a row, and thoughts are something")
    func emptyEvents() {
        var limits = AnswerLimits()
        limits.emptyEvents = 3
        let empty: [(String, any WireFormat)] = [
            ("data: {}\n\n", Self.openAI),
            (#"data: {"choices":[{"delta":{"role":"assistant","content":""}}]}"# + "\n\n", Self.openAI),
            (#"data: {"choices":[]}"# + "\n\n", Self.openAI), (#"data: {"type":"ping"}"# + "\n\n", Self.anthropic),
            (#"data: {"type":"content_block_delta","delta":{"type":"text_delta","text":""}}"# + "\n\n", Self.anthropic),
        ]
        for (event, format) in empty {
            let stopped = events(String(repeating: event, count: 4), format, limits: limits).fault
            guard case .tooMuch? = stopped else {
                Issue.record("\(event): \(String(describing: stopped))")
                continue
            }
        }
        let thought = #"data: {"choices":[{"delta":{"content":"","reasoning_content":"hm"}}]}"# + "\n\n"
        let word = #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n"
        let keepsAwake = String(repeating: "data: {}\n\n", count: 3)
        for pieces in [String(repeating: thought, count: 10), String(repeating: keepsAwake + word, count: 3)] {
            guard case .cut? = events(pieces, limits: limits).fault else {
                Issue.record("stopped too early: \(pieces)")
                continue
            }
        }
        let thinking =
            #"data: {"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"hm"}}"# + "\n\n"
        guard case .cut? = events(String(repeating: thinking, count: 10), Self.anthropic, limits: limits).fault else {
            Issue.record("stopped too early: \(thinking)")
            return
        }
    }

    private static let openAISample = """
        : hello\r
        data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}

        data: {"choices":[{"index":0,"delta":{"content":"Grüße, 👩‍🚀"}}]}\r
        \r
        data: {"choices":[{"delta":{"content":"\\ud83d\\ude00 \\ud83d!","reasoning":"hm"}}],"usage":null}

        data: {"choices":[{"index":1,"delta":{"content":"another"}},{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3}}

        data: [DONE]


        """

    private static let openAIEvents: [ModelEvent] = [
        .text("Grüße, 👩‍🚀"), .reasoning("hm"), .text("😀 \u{FFFD}!"), .usage(TokenUsage(inputTokens: 7, outputTokens: 3)),
        .finished(.stop),
    ]

    private static let anthropicSample = """
        event: message_start
        data: {"type":"message_start","message":{"content":[],"usage":{"input_tokens":9,"cache_read_input_tokens":2,"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: ping
        data: {"type":"ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Olá"}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":4}}

        event: message_stop
        data: {"type":"message_stop"}


        """

    private static let anthropicEvents: [ModelEvent] = [
        .reasoning("hm"), .text("Olá"), .usage(TokenUsage(inputTokens: 11, outputTokens: 4)), .finished(.stop),
    ]

    @Test("every way of cutting a Chat Completions stream in two gives the same events")
    func openAIInTwo() async {
        let bytes = Array(Self.openAISample.utf8)
        for cut in 0...bytes.count {
            // Tests share a pool of few threads, and others wait for theirs against a clock.
            await Task.yield()
            let result = events([bytes[..<cut], bytes[cut...]], Self.openAI)
            #expect(result.events == Self.openAIEvents && result.fault == nil, "cut at \(cut)")
        }
    }

    @Test("every way of cutting a Messages stream in two gives the same events")
    func anthropicInTwo() async {
        let bytes = Array(Self.anthropicSample.utf8)
        for cut in 0...bytes.count {
            // Tests share a pool of few threads, and others wait for theirs against a clock.
            await Task.yield()
            let result = events([bytes[..<cut], bytes[cut...]], Self.anthropic)
            #expect(result.events == Self.anthropicEvents && result.fault == nil, "cut at \(cut)")
        }
    }

    @Test("a stream that arrives byte by byte gives the same events")
    func byteByByte() {
        let bytes = Array(Self.openAISample.utf8)
        #expect(events(bytes.indices.map { bytes[$0...$0] }, Self.openAI).events == Self.openAIEvents)
    }

    @Test("token counts that can't be are as good as none")
    func impossibleCounts() {
        let chat =
            #"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":{"prompt_tokens":-1,"completion_tokens":1152921504606846976}}"#
        #expect(events(chat + "\n\n").events.contains(.usage(TokenUsage())))
        let most = Int.max
        let message = Self.anthropicSample.replacingOccurrences(
            of: #""input_tokens":9,"cache_read_input_tokens":2"#,
            with: #""input_tokens":\#(most),"cache_read_input_tokens":\#(most),"cache_creation_input_tokens":4"#)
        let result = events([Array(message.utf8)[...]], Self.anthropic)
        #expect(result.events.contains(.usage(TokenUsage(outputTokens: 4))))
    }

    @Test("a finish reason ends an answer, with or without [DONE]")
    func endsWithoutDone() {
        let result = events(#"data: {"choices":[{"delta":{"content":"a"},"finish_reason":"length"}]}"# + "\n\n")
        #expect(result.events == [.text("a"), .finished(.length)])
        #expect(result.fault == nil)
    }

    @Test("a stream that ends before the finish reason is cut, and keeps its text")
    func cut() {
        let result = events(#"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n")
        #expect(result.events == [.text("a")])
        guard case .cut = result.fault else {
            Issue.record("\(String(describing: result.fault))")
            return
        }
    }

    @Test("[DONE] without a finish reason gives no finish")
    func doneWithoutReason() {
        let result = events(#"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\ndata: [DONE]\n\n")
        #expect(result.events == [.text("a")])
    }

    @Test(
        "an error in the middle of a stream ends it after the text before it",
        arguments: [
            #"{"error":{"message":"overloaded","type":"server_error","code":502}}"#,
            #"{"choices":[{"delta":{"content":""},"finish_reason":"error"}],"error":{"message":"overloaded"}}"#,
            #"{"error":"overloaded"}"#,
        ])
    func errorInTheMiddle(error: String) {
        let result = events(#"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\ndata: \(error)\n\n")
        #expect(result.events == [.text("a")])
        guard case .service(let report) = result.fault else {
            Issue.record("\(String(describing: result.fault))")
            return
        }
        #expect(report.message == "overloaded")
    }

    @Test("an error event of Messages ends the stream with its type and words")
    func anthropicError() {
        let result = events(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
            Self.anthropic)
        guard case .service(let report) = result.fault else {
            Issue.record("\(String(describing: result.fault))")
            return
        }
        #expect(report == ServiceReport(message: "Overloaded", type: "overloaded_error"))
    }

    @Test(
        "a whole Chat Completions answer may lack or null what it likes",
        arguments: [
            #"{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#,
            #"{"error":null,"choices":[{"index":0,"message":{"content":"Hi","refusal":null},"finish_reason":"stop"}]}"#,
            #"{"choices":[{"message":{"content":[{"type":"thinking","thinking":[]},{"type":"text","text":"Hi"}]},"finish_reason":"stop"}],"usage":{}}"#,
            #"{"choices":[{"message":{"content":null,"refusal":"Hi"},"finish_reason":"stop"}],"usage":null}"#,
        ])
    func wholeAnswer(document: String) {
        let result = events(document, framing: .document)
        #expect(result.events == [.text("Hi"), .finished(.stop)])
        #expect(result.fault == nil)
    }

    @Test("a whole Messages answer gives text, usage and reason")
    func wholeAnthropicAnswer() {
        let result = events(
            #"{"type":"message","content":[{"type":"text","text":"Hi"}],"stop_reason":"max_tokens","usage":{"input_tokens":1,"output_tokens":2}}"#,
            Self.anthropic, framing: .document)
        #expect(
            result.events == [.text("Hi"), .usage(TokenUsage(inputTokens: 1, outputTokens: 2)), .finished(.length)])
    }

    @Test(
        "Messages' reasons to stop become the common ones",
        arguments: [
            ("end_turn", FinishReason.stop), ("stop_sequence", .stop), ("max_tokens", .length),
            ("refusal", .contentFilter),
            ("pause_turn", FinishReason(rawValue: "pause_turn")),
        ])
    func stopReasons(reason: String, expected: FinishReason) {
        let result = events(
            #"{"type":"message","content":[],"stop_reason":"\#(reason)"}"#, Self.anthropic, framing: .document)
        #expect(result.events == [.finished(expected)])
    }

    @Test(
        "what is no answer is a fault",
        arguments: [
            (AnswerDecoder.Framing.document, "<html>"), (.document, "{}"), (.document, ""),
            (.events, "data: <html>\n\n"),
        ])
    func malformed(framing: AnswerDecoder.Framing, text: String) {
        guard case .malformed = events(text, framing: framing).fault else {
            Issue.record("\(text) was taken for an answer")
            return
        }
    }

    @Test(
        "an answer longer than the limit is stopped, streamed or whole",
        arguments: [
            AnswerDecoder.Framing.events, .document,
        ])
    func tooLong(framing: AnswerDecoder.Framing) {
        let json = #"{"choices":[{"message":{"content":"0123456789"},"finish_reason":"stop"}]}"#
        let text = framing == .events ? "data: \(json)\n\n" : json
        guard case .tooMuch = events(text, framing: framing, limits: AnswerLimits(answer: 9)).fault else {
            Issue.record("not stopped")
            return
        }
    }

    @Test("a document longer than the limit is stopped, and a stream that goes on without words")
    func endless() {
        let document = String(repeating: " ", count: 100)
        guard case .tooMuch = events(document, framing: .document, limits: AnswerLimits(document: 99)).fault else {
            Issue.record("the document was not stopped")
            return
        }
        for line in ["data:\n\n", ": awake\n\n", "\n"] {
            let stream = String(repeating: line, count: 100)
            guard case .tooMuch = events(stream, framing: .events, limits: AnswerLimits(stream: 99)).fault else {
                Issue.record("\(line.debugDescription) was not stopped")
                return
            }
        }
    }
}
