import SessionKit

/// OpenAI Responses (API reference, "Responses" and "Streaming events").
///
/// The service is asked to store nothing: conversations are kept on this machine only.
struct OpenAIResponsesFormat: WireFormat {
    var path: String { "/responses" }

    var answerLimit: Int? { nil }

    func body(of request: ModelRequest, model: String) throws -> [UInt8] {
        let isReasoning = OpenAIChatFormat.isReasoning(model)
        var members = request.parameters.values
        if let schema = request.schema {
            members["text"] = #"{"format":{"type":"json_schema","name":"answer","strict":true,"schema":\#(schema)}}"#
        }
        let body = try WireJSON.encode(
            Body(
                model: model, instructions: request.systemText, input: request.conversation, stream: request.streams,
                temperature: isReasoning ? nil : request.temperature, maxOutputTokens: request.maxTokens,
                // Without asking for a summary, none of the reasoning would be sent.
                reasoning: request.reasoningEffort.map { Body.Reasoning(effort: $0.rawValue) }))
        return try WireJSON.adding(members, to: body)
    }

    func read(_ event: ServerSentEvent, into progress: inout AnswerProgress) throws(WireFault) {
        let value = try WireJSON.read(Event.self, from: event.data, of: "an event")
        progress.note(isEmpty: value.delta?.isEmpty ?? false)
        switch value.type ?? event.type {
        case "response.output_text.delta", "response.refusal.delta": progress.append(value.delta)
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
            progress.append(reasoning: value.delta)
        case "response.completed", "response.incomplete", "response.failed":
            guard let response = value.response else { throw .malformed("an end without a response") }
            try end(response, &progress)
        case "error": throw .service(value.report)
        default: break
        }
    }

    func read(document: [UInt8], into progress: inout AnswerProgress) throws(WireFault) {
        let response = try WireJSON.read(Response.self, from: document, of: "an answer")
        for item in response.output {
            progress.append(reasoning: item.reasoning)
            progress.append(item.text)
        }
        try end(response, &progress)
    }

    private func end(_ response: Response, _ progress: inout AnswerProgress) throws(WireFault) {
        if let usage = response.usage { progress.usage = usage }
        switch (response.status, response.incompleteReason) {
        case ("failed", _): throw .service(response.report)
        case (_, "max_output_tokens"?): progress.finishReason = .length
        case (_, "content_filter"?): progress.finishReason = .contentFilter
        case (_, let reason?): progress.finishReason = FinishReason(rawValue: reason)
        case ("completed", nil): progress.finishReason = .stop
        default: throw .malformed("a response without an end")
        }
        progress.isEnded = true
    }

    /// The body of a request; what is nil is left out.
    private struct Body: Encodable {
        struct Reasoning: Encodable {
            var effort: String
            var summary = "auto"
        }

        var model: String
        var instructions: String?
        var input: [WireMessage]
        var stream: Bool
        var store = false
        var temperature: Double?
        var maxOutputTokens: Int?
        var reasoning: Reasoning?

        private enum CodingKeys: String, CodingKey {
            case model, instructions, input, stream, store, temperature, reasoning
            case maxOutputTokens = "max_output_tokens"
        }
    }

    /// An event of a stream; which fields there are depends on the type.
    private struct Event: Decodable {
        let type: String?
        let delta: String?
        let response: Response?
        let report: ServiceReport

        private enum Key: String, CodingKey { case type, delta, response }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            type = container.lenient(String.self, .type)
            delta = container.lenient(String.self, .delta)
            response = container.lenient(Response.self, .response)
            report = type == "error" ? try ServiceReport(from: decoder) : ServiceReport()
        }
    }

    /// A response: a whole answer, or what the last event of a stream holds.
    private struct Response: Decodable {
        let status: String?
        let incompleteReason: String?
        let usage: TokenUsage?
        let output: [Item]
        let report: ServiceReport

        private enum Key: String, CodingKey {
            case status, usage, output, reason
            case incomplete = "incomplete_details"
            case input = "input_tokens"
            case outputTokens = "output_tokens"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            status = container.lenient(String.self, .status)
            let details = try? container.nestedContainer(keyedBy: Key.self, forKey: .incomplete)
            incompleteReason = details?.lenient(String.self, .reason)
            let counts = try? container.nestedContainer(keyedBy: Key.self, forKey: .usage)
            usage = counts.map {
                TokenUsage(
                    inputTokens: $0.lenient(Int.self, .input), outputTokens: $0.lenient(Int.self, .outputTokens))
            }
            output = container.lenient([Item].self, .output) ?? []
            report = try ServiceReport(from: decoder)
        }
    }

    /// A part of the output: a message, or reasoning.
    private struct Item: Decodable {
        let text: String?
        let reasoning: String?

        private struct Part: Decodable {
            let text: String?
            let refusal: String?
        }

        private enum Key: String, CodingKey { case type, content, summary }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            let type = container.lenient(String.self, .type)
            let content = container.lenient([Part].self, .content)?.compactMap { $0.text ?? $0.refusal }.joined()
            let summary = container.lenient([Part].self, .summary)?.compactMap(\.text).joined()
            text = type == "message" ? content : nil
            reasoning = type == "reasoning" ? summary : nil
        }
    }
}
