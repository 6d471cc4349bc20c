import SessionKitTesting
import Foundation
import HTTPTransport
import SeshTestSupport
import SessionKit
import Synchronization
import Testing

@testable import ChatModels

/// Lists of models as the services' documentation shows them.
@Suite("What services tell about their models")
struct ModelServiceTests {
    private func made(
        _ name: String = "test", api: WireAPI = .openAIChat, answering answers: [String: String]
    ) throws -> (service: ModelService, server: LoopbackServer) {
        let server = try LoopbackServer { request, connection in
            let answer = answers[request.path]
            try connection.respond(
                answer == nil ? 404 : 200, headers: [("Content-Type", "application/json")],
                body: answer ?? #"{"error":"not found"}"#)
        }
        let base = api == .anthropicMessages ? server.url : server.url + "/v1"
        let provider = Provider(name: name, api: api, baseURL: base, keyVariables: ["TEST_KEY"], keyIsOptional: true)
        let keys = KeyRing(environment: [:], hiding: [])
        return (ModelService(provider: provider, client: HTTPClient(), keys: keys), server)
    }

    @Test func `lists are read whoever writes them`() async throws {
        let lists: [(api: WireAPI, path: String, body: String, expected: [ListedModel])] = [
            (
                .openAIChat, "/v1/models",
                #"{"object":"list","data":[{"id":"gpt-5","object":"model","created":1,"owned_by":"openai"}]}"#,
                [ListedModel(name: "gpt-5")]
            ),
            (
                .openAIChat, "/v1/models",
                #"{"data":[{"id":"a/b","context_length":163840,"pricing":{"prompt":"0.00000025","completion":"0.000001","image":"0"}},{"id":"auto","context_length":2000000,"pricing":{"prompt":"-1","completion":"-1"}},{"odd":1}]}"#,
                [
                    ListedModel(name: "a/b", contextWindow: 163_840, inputPrice: 0.25, outputPrice: 1),
                    ListedModel(name: "auto", contextWindow: 2_000_000),
                ]
            ),
            (
                .openAIChat, "/v1/models",
                #"{"data":[{"id":"llama-3.1-8b-instant","active":true,"context_window":131072}]}"#,
                [ListedModel(name: "llama-3.1-8b-instant", contextWindow: 131_072)]
            ),
            (
                .openAIChat, "/v1/models", #"[{"id":"x","max_model_len":32768}]"#,
                [ListedModel(name: "x", contextWindow: 32_768)]
            ),
            (
                .openAIChat, "/v1/models",
                #"{"data":[{"id":"q","max_context_length":32768,"loaded_context_length":4096}]}"#,
                [ListedModel(name: "q", contextWindow: 4096)]
            ),
            (
                .anthropicMessages, "/v1/models?limit=1000",
                #"{"data":[{"type":"model","id":"claude-x","display_name":"X","max_input_tokens":200000}],"has_more":false}"#,
                [ListedModel(name: "claude-x", contextWindow: 200_000)]
            ),
        ]
        for (api, path, body, expected) in lists {
            let (service, server) = try made(api: api, answering: [path: body])
            #expect(try await service.models() == expected, "\(body)")
            withExtendedLifetime(server) {}
        }
    }

    @Test func `a window is what is loaded, not what a model could do`() async throws {
        let props = #"{"default_generation_settings":{"n_ctx":8192},"total_slots":4}"#
        let trained = #"{"data":[{"id":"m","meta":{"n_ctx_train":131072}}]}"#
        let (llama, one) = try made(answering: ["/props": props, "/v1/models": trained])
        #expect(await llama.contextWindow(of: "m") == 8192)
        let running = #"{"models":[{"name":"llama3.2:latest","model":"llama3.2:latest","context_length":4096}]}"#
        let (ollama, two) = try made("ollama", answering: ["/api/ps": running])
        #expect(await ollama.contextWindow(of: "llama3.2") == 4096)
        #expect(await ollama.contextWindow(of: "other") == nil)
        withExtendedLifetime((one, two)) {}
    }

    @Test func `a list that is none is an error that names the service`() async throws {
        let (service, server) = try made(answering: ["/v1/models": "<html>"])
        let error = await #expect(throws: ModelError.self) { try await service.models() }
        #expect(error?.code == .badAnswer && error?.message.contains("test") == true)
        withExtendedLifetime(server) {}
    }

    @Test func `a window is asked for once a day, for long requests only, and the configuration's counts first`()
        async throws
    {
        let directory = FileManager.default.temporaryDirectory.appending(path: "sesh-models-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let (service, server) = try made(answering: ["/props": #"{"default_generation_settings":{"n_ctx":8192}}"#])
        let clock = SettableClock()
        func finder(_ service: ModelService) -> WindowFinder {
            WindowFinder(service: service, model: "m", cache: ModelCache(directory: directory, now: clock.now))
        }
        #expect(await finder(service).window(forTokens: 100) == nil && server.requests.isEmpty)
        #expect(await finder(service).window(forTokens: 3000) == 8192 && server.requests.count == 1)
        #expect(await finder(service).window(forTokens: 10) == 8192, "another process knows it too")
        #expect(await finder(service).window(forTokens: 3000) == 8192 && server.requests.count == 1)
        let mode = try FileManager.default.attributesOfItem(atPath: directory + "/models.json")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        clock.advance(by: 100_000)
        #expect(await finder(service).window(forTokens: 3000) == 8192 && server.requests.count == 2)
        var configured = service
        configured.provider.contextWindow = .byModel(["m": 1000])
        #expect(await finder(configured).window(forTokens: 3000) == 1000 && server.requests.count == 2)
        finder(service).learn(5000)
        #expect(await finder(service).window(forTokens: 3000) == 5000)
        try Data("rubbish".utf8).write(to: URL(filePath: directory + "/models.json"))
        #expect(await finder(service).window(forTokens: 3000) == 8192)
    }
}
