import Foundation
import SessionKit
import Testing

@testable import ChatModels

struct ProviderConfigurationTests {
    private func read(_ json: String) throws -> [String: ProviderConfiguration] {
        struct Document: Decodable { let providers: [String: ProviderConfiguration] }
        return try JSONDecoder().decode(Document.self, from: Data(#"{"providers":\#(json)}"#.utf8)).providers
    }

    private func provider(_ name: String, _ json: String) throws -> Provider {
        try ModelCatalog(providers: read(json), environment: [:], homeDirectory: "/nowhere", userID: 0)
            .provider(named: name)
    }

    @Test("every setting is read")
    func readsAll() throws {
        let provider = try provider(
            "mine",
            """
            {"mine":{"api":"anthropic-messages","baseURL":" https://h.example/x/ ","keyVariable":"A",
            "keyVariables":["B"],"keyCommand":["pass","llm"],"defaultModel":"m","headers":{"X-A":"b"},
            "allowInsecure":true,"connectTimeout":1.5,"firstByteTimeout":2,"idleTimeout":3,
            "tokenLimitParameter":"max_completion_tokens","asksForUsage":false,"unixSocketPath":"/run/s"}}
            """)
        #expect(
            provider
                == Provider(
                    name: "mine", api: .anthropicMessages, baseURL: "https://h.example/x/", unixSocketPath: "/run/s",
                    keyVariables: ["A", "B"], keyCommand: .arguments(["pass", "llm"]), defaultModel: "m",
                    headers: ["X-A": "b"], allowInsecure: true,
                    timeouts: ProviderTimeouts(connect: .seconds(1.5), firstByte: .seconds(2), idle: .seconds(3)),
                    tokenLimitParameter: .maxCompletionTokens, asksForUsage: false))
    }

    @Test("what is left out stays as it was built in")
    func mergesOverBuiltIn() throws {
        var expected = try #require(BuiltInProviders.byName["openai"])
        expected.defaultModel = "gpt-x"
        #expect(try provider("openai", #"{"openai":{"defaultModel":"gpt-x"}}"#) == expected)
    }

    @Test("a key command takes the place of the built-in variable")
    func commandReplacesVariable() throws {
        let provider = try provider("openai", #"{"openai":{"keyCommand":"pass openai"}}"#)
        #expect(provider.keyVariables.isEmpty)
        #expect(provider.keyCommand == .shell("pass openai"))
    }

    @Test(
        "what does not fit is an error that names the setting and not its value",
        arguments: [
            (#"{"p":{"baseUrl":"x"}}"#, "providers.p.baseUrl", "\"baseURL\""),
            (#"{"p":{"key":"sk-canary"}}"#, "providers.p.key", "keyCommand"),
            (#"{"p":{"apiKey":"sk-canary"}}"#, "providers.p.apiKey", "keyVariable"),
            (#"{"p":{"api":"sk-canary"}}"#, "providers.p.api", "\"openai-chat\""),
            (#"{"p":{"allowInsecure":"yes"}}"#, "providers.p.allowInsecure", "true or false"),
            (#"{"p":{"keyCommand":[]}}"#, "providers.p.keyCommand", "command line"),
            (#"{"p":"sk-canary"}"#, "providers.p", "object"),
        ])
    func refuses(json: String, place: String, hint: String) throws {
        let error = try #require(throws: ModelError.self) { try read(json) }
        #expect(error.code == .configuration)
        #expect(error.message.contains(place) && error.message.contains(hint))
        #expect(!error.message.contains("canary"))
    }

    @Test(
        "a provider that can't work is refused when it is asked for",
        arguments: [
            #"{"p":{}}"#, #"{"p":{"baseURL":"ftp://h/"}}"#, #"{"p":{"baseURL":"h.example/v1"}}"#,
            #"{"p":{"baseURL":"https://u:sk-canary@h/v1"}}"#, #"{"p":{"baseURL":"https://h/v1?key=sk-canary"}}"#,
            #"{"p":{"baseURL":"https://h","headers":{"Authorization":"sk-canary"}}}"#,
            #"{"p":{"baseURL":"https://h","headers":{"X-API-Key":"sk-canary"}}}"#,
            #"{"p":{"baseURL":"https://h","headers":{"api-key":"sk-canary"}}}"#,
            #"{"p":{"baseURL":"https://h","headers":{"x-goog-api-key":"sk-canary"}}}"#,
            #"{"p":{"baseURL":"https://h","headers":{"Ocp-Apim-Subscription-Key":"sk-canary"}}}"#,
            #"{"p":{"baseURL":"https://h","headers":{"X-Auth-Token":"sk-canary"}}}"#,
            #"{"p":{"baseURL":"https://h","keyVariable":"K","keyHeader":"X-Mine","headers":{"x-mine":"sk-canary"}}}"#,
            #"{"p":{"baseURL":"https://h","keyVariable":"K","keyHeader":"sk canary"}}"#,
            #"{"p":{"unixSocketPath":"relative"}}"#, #"{"p":{"baseURL":"https://h","idleTimeout":0}}"#,
            #"{"p":{"baseURL":"https://h","idleTimeout":1e300}}"#,
        ])
    func refusesImpossible(json: String) throws {
        let catalog = ModelCatalog(providers: try read(json), environment: [:], homeDirectory: "/nowhere", userID: 0)
        let error = try #require(throws: ModelError.self) {
            try catalog.model(for: ModelReference(provider: "p", model: "m"))
        }
        #expect(error.code == .configuration)
        #expect(!error.description.contains("canary"))
    }
}
