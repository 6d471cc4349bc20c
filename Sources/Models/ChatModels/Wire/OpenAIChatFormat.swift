import SessionKit

/// OpenAI Chat Completions, in the dialect of a provider.
struct OpenAIChatFormat: WireFormat {
    /// What the service calls the limit on the answer's tokens.
    let tokenLimitParameter: TokenLimitParameter
    /// Whether to ask for the usage of a streamed answer.
    let asksForUsage: Bool
    /// The options that keep an answer from repeating itself for ever; only llama.cpp knows them.
    var loopBreaking: LoopBreaking?

    var path: String { "/chat/completions" }

    var answerLimit: Int? { nil }

    func body(of request: ModelRequest, model: String) throws -> [UInt8] {
        let isReasoning = tokenLimitParameter == .maxCompletionTokens && Self.isReasoning(model)
        var body = OpenAIRequestBody(
            model: model, messages: request.messages.map { WireMessage($0) }, stream: request.streams,
            temperature: isReasoning ? nil : request.temperature)
        body.reasoningEffort = request.reasoningEffort?.rawValue
        switch isReasoning ? .maxCompletionTokens : tokenLimitParameter {
        case .maxTokens: body.maxTokens = request.maxTokens
        case .maxCompletionTokens: body.maxCompletionTokens = request.maxTokens
        }
        if request.streams, asksForUsage { body.streamOptions = OpenAIRequestBody.StreamOptions() }
        // A user who sets one option of the sampler sets all of them.
        let setsSampler = request.parameters.values.keys.contains { $0.hasPrefix("dry_") }
        body.loopBreaking = setsSampler ? nil : loopBreaking
        var members = request.parameters.values
        if let schema = request.schema {
            members["response_format"] =
                #"{"type":"json_schema","json_schema":{"name":"answer","strict":true,"schema":\#(schema)}}"#
        }
        return try WireJSON.adding(members, to: WireJSON.encode(body))
    }

    /// Whether it is one of OpenAI's reasoning models: they refuse a temperature, and `max_tokens` (API reference,
    /// "Create chat completion").
    static func isReasoning(_ model: String) -> Bool {
        ["o1", "o3", "o4", "gpt-5"].contains { model.hasPrefix($0) } && !model.contains("-chat")
    }

    func read(_ event: ServerSentEvent, into progress: inout AnswerProgress) throws(WireFault) {
        if event.data.drop(while: { $0 == UInt8(ascii: " ") }).starts(with: "[DONE]".utf8) {
            progress.isEnded = true
            return
        }
        let chunk = try WireJSON.read(OpenAIAnswer.self, from: event.data, of: "an event")
        progress.note(isEmpty: chunk.usage == nil && chunk.choices.allSatisfy(\.isEmpty))
        try take(chunk, isError: event.type == "error", into: &progress)
    }

    func read(document: [UInt8], into progress: inout AnswerProgress) throws(WireFault) {
        let answer = try WireJSON.read(OpenAIAnswer.self, from: document, of: "an answer")
        try take(answer, isError: answer.choices.isEmpty, into: &progress)
        guard !answer.choices.isEmpty else { throw .malformed("a JSON object without an answer in it") }
        progress.isEnded = true
    }

    private func take(_ answer: OpenAIAnswer, isError: Bool, into progress: inout AnswerProgress) throws(WireFault) {
        if let usage = answer.usage { progress.usage = usage }
        // Only the first choice: one answer is asked for. The last chunk, with the usage, has none.
        let choice = answer.choices.first { $0.index == 0 }
        progress.append(reasoning: choice?.reasoning)
        progress.append(choice?.text)
        if answer.hasError || isError && !answer.report.isEmpty { throw .service(answer.report) }
        switch choice?.finishReason {
        case nil, "": break
        // OpenRouter and DeepSeek end an answer this way when the server behind them failed.
        case "error", "insufficient_system_resource":
            throw .service(ServiceReport(message: "the service could not finish the answer"))
        case let reason?: progress.finishReason = FinishReason(rawValue: reason)
        }
    }
}
