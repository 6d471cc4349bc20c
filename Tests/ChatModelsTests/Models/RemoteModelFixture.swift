import Foundation
import HTTPTransport
import SeshTestSupport
import SessionKit

@testable import ChatModels

/// A provider whose service is a loopback server.
struct RemoteModelFixture {
    /// A key that must appear in no error.
    static let key = "sk-canary-0123456789"

    let server: LoopbackServer
    var provider: Provider

    init(api: WireAPI = .openAIChat, _ handler: @escaping LoopbackServer.Handler) throws {
        server = try LoopbackServer(handler)
        provider = Provider(name: "test", api: api, baseURL: server.url + "/v1", keyVariables: ["TEST_KEY"])
    }

    /// A model of the provider.
    func model(key: String = Self.key, limits: AnswerLimits = AnswerLimits()) -> RemoteModel {
        let format: any WireFormat =
            provider.api == .anthropicMessages
            ? AnthropicMessagesFormat() : OpenAIChatFormat(tokenLimitParameter: .maxTokens, asksForUsage: true)
        return RemoteModel(
            reference: ModelReference(provider: provider.name, model: "m"),
            call: WireCall(
                provider: provider, model: "m", format: format, client: HTTPClient(),
                keys: KeyRing(environment: ["TEST_KEY": key], hiding: ["TEST_KEY"]), limits: limits))
    }

    /// Asks, and gives what came and how it ended.
    func ask(streams: Bool = true, limits: AnswerLimits = AnswerLimits()) async -> (
        events: [ModelEvent], error: (any Error)?
    ) {
        var events: [ModelEvent] = []
        do {
            let request = ModelRequest(messages: [.init(role: .user, content: "Hi")], streams: streams)
            for try await event in model(limits: limits).respond(to: request) { events.append(event) }
            return (events, nil)
        } catch {
            return (events, error)
        }
    }

    /// An event of a stream with a piece of text.
    static func piece(_ text: String) -> String { #"data: {"choices":[{"delta":{"content":"\#(text)"}}]}"# + "\n\n" }

    /// The end of a stream.
    static let end = #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n"
}
