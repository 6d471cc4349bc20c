import SessionKit
import Testing

@testable import ChatModels

struct RequestBodyTests {
    private let request = ModelRequest(
        messages: [
            .init(role: .system, content: "Be brief."), .init(role: .user, content: "Hi/\n"),
            .init(role: .assistant, content: "Hello."), .init(role: .user, content: "Bye"),
        ], temperature: 0.5, maxTokens: 20)

    private func text(_ format: any WireFormat, _ request: ModelRequest) throws -> String {
        String(decoding: try format.body(of: request, model: "m"), as: UTF8.self)
    }

    @Test("a streamed Chat Completions request of two turns is what OpenAI wants")
    func openAI() throws {
        let format = OpenAIChatFormat(tokenLimitParameter: .maxCompletionTokens, asksForUsage: true)
        #expect(
            try text(format, request)
                == #"{"max_completion_tokens":20,"messages":[{"content":"Be brief.","role":"system"},{"content":"Hi/\n","role":"user"},{"content":"Hello.","role":"assistant"},{"content":"Bye","role":"user"}],"model":"m","stream":true,"stream_options":{"include_usage":true},"temperature":0.5}"#
        )
    }

    @Test("a service that refuses stream_options and max_completion_tokens gets neither")
    func mistral() throws {
        let format = OpenAIChatFormat(tokenLimitParameter: .maxTokens, asksForUsage: false)
        let request = ModelRequest(messages: [.init(role: .user, content: "Hi")], maxTokens: 5)
        #expect(
            try text(format, request)
                == #"{"max_tokens":5,"messages":[{"content":"Hi","role":"user"}],"model":"m","stream":true}"#)
    }

    @Test("what was not set is not sent, and an answer in one piece is asked for without stream_options")
    func plain() throws {
        let format = OpenAIChatFormat(tokenLimitParameter: .maxTokens, asksForUsage: true)
        let request = ModelRequest(messages: [.init(role: .user, content: "Hi")], streams: false)
        #expect(
            try text(format, request) == #"{"messages":[{"content":"Hi","role":"user"}],"model":"m","stream":false}"#)
    }

    @Test("a Messages request has the system prompt at the top and always a limit")
    func anthropic() throws {
        #expect(
            try text(AnthropicMessagesFormat(), request)
                == #"{"max_tokens":20,"messages":[{"content":"Hi/\n","role":"user"},{"content":"Hello.","role":"assistant"},{"content":"Bye","role":"user"}],"model":"m","stream":true,"system":"Be brief.","temperature":0.5}"#
        )
        let plain = ModelRequest(messages: [.init(role: .user, content: "Hi")], streams: false)
        #expect(
            try text(AnthropicMessagesFormat(), plain)
                == #"{"max_tokens":8192,"messages":[{"content":"Hi","role":"user"}],"model":"m","stream":false}"#)
    }
}
