import SessionKit

/// Anthropic Messages.
struct AnthropicMessagesFormat: WireFormat {
    /// The limit on the answer's tokens where the request sets none: the API requires one.
    ///
    /// Every model since Claude 3.5 accepts this many, and so do compatible servers.
    static let defaultMaxTokens = 8192

    /// How many tokens a model may think; they count towards `max_tokens`, and exclude a temperature (API reference,
    /// "Extended thinking").
    private static let budgets: [ReasoningEffort: Int] = [.low: 2048, .medium: 8192, .high: 24_576]

    var path: String { "/v1/messages" }

    var answerLimit: Int? { Self.defaultMaxTokens }

    func body(of request: ModelRequest, model: String) throws -> [UInt8] {
        let budget = request.reasoningEffort.map { Self.budgets[$0] ?? 8192 }
        var members = request.parameters.values
        // Other APIs call it `stop`.
        if let stop = members.removeValue(forKey: "stop") {
            members["stop_sequences"] = stop.hasPrefix("[") ? stop : "[\(stop)]"
        }
        if let schema = request.schema {
            members["output_config"] = #"{"format":{"type":"json_schema","schema":\#(schema)}}"#
        }
        let body = try WireJSON.encode(
            AnthropicRequestBody(
                model: model, system: request.systemText, messages: request.conversation,
                maxTokens: (request.maxTokens ?? Self.defaultMaxTokens) + (budget ?? 0),
                temperature: budget == nil ? request.temperature : nil, thinking: budget.map { .init(budget: $0) },
                stream: request.streams))
        return try WireJSON.adding(members, to: body)
    }

    func read(_ event: ServerSentEvent, into progress: inout AnswerProgress) throws(WireFault) {
        let value = try WireJSON.read(AnthropicEvent.self, from: event.data, of: "an event")
        progress.note(
            isEmpty: (value.delta?.text ?? value.delta?.thinking).map(\.isEmpty)
                ?? (value.delta == nil && value.block == nil))
        switch value.type ?? event.type {
        case "message_start": add(value.message?.usage, to: &progress)
        case "content_block_start":
            progress.append(reasoning: value.block?.thinking)
            progress.append(value.block?.text)
        case "content_block_delta":
            progress.append(reasoning: value.delta?.thinking)
            progress.append(value.delta?.text)
        case "message_delta":
            add(value.usage, to: &progress)
            finish(value.delta?.stopReason, &progress)
        case "message_stop": progress.isEnded = true
        case "error": throw .service(value.report)
        // "ping", and whatever the API may add: it asks its clients to ignore unknown events.
        default: break
        }
    }

    func read(document: [UInt8], into progress: inout AnswerProgress) throws(WireFault) {
        let value = try WireJSON.read(AnthropicEvent.self, from: document, of: "an answer")
        if value.type == "error" { throw .service(value.report) }
        guard let content = value.content else { throw .malformed("a JSON object without an answer in it") }
        for block in content {
            progress.append(reasoning: block.thinking)
            progress.append(block.text)
        }
        add(value.usage, to: &progress)
        finish(value.stopReason, &progress)
        progress.isEnded = true
    }

    /// The counts of an answer come in two events; later ones replace earlier ones.
    private func add(_ usage: TokenUsage?, to progress: inout AnswerProgress) {
        guard let usage else { return }
        progress.usage = TokenUsage(
            inputTokens: usage.inputTokens ?? progress.usage?.inputTokens,
            outputTokens: usage.outputTokens ?? progress.usage?.outputTokens)
    }

    private func finish(_ reason: String?, _ progress: inout AnswerProgress) {
        switch reason {
        case nil, "": break
        case "end_turn", "stop_sequence": progress.finishReason = .stop
        case "max_tokens", "model_context_window_exceeded": progress.finishReason = .length
        case "refusal": progress.finishReason = .contentFilter
        case let other?: progress.finishReason = FinishReason(rawValue: other)
        }
    }
}

/// The body of a Messages request.
///
/// What is nil is left out.
private struct AnthropicRequestBody: Encodable {
    var model: String
    var system: String?
    var messages: [WireMessage]
    var maxTokens: Int
    var temperature: Double?
    var thinking: Thinking?
    var stream: Bool

    /// Has the model think before it answers.
    struct Thinking: Encodable {
        var type = "enabled"
        var budget: Int

        private enum CodingKeys: String, CodingKey {
            case type
            case budget = "budget_tokens"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case model, system, messages, temperature, thinking, stream
        case maxTokens = "max_tokens"
    }
}
