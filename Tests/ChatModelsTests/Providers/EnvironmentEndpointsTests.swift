import Testing

@testable import ChatModels

struct EnvironmentEndpointsTests {
    @Test(
        "OLLAMA_HOST is read as Ollama reads it",
        arguments: [
            ("myhost", "http://myhost:11434/v1"), ("myhost:8080", "http://myhost:8080/v1"),
            ("0.0.0.0", "http://127.0.0.1:11434/v1"), ("0.0.0.0:9000", "http://127.0.0.1:9000/v1"),
            (":9000", "http://127.0.0.1:9000/v1"), ("http://h", "http://h:80/v1"), ("https://h", "https://h:443/v1"),
            ("https://h:8443/ollama/", "https://h:8443/ollama/v1"), ("[::]:9000", "http://[::1]:9000/v1"),
            ("::1", "http://[::1]:11434/v1"), ("[fe80::1]", "http://[fe80::1]:11434/v1"),
            ("h:99999", "http://h:11434/v1"),
        ])
    func ollama(host: String, expected: String) {
        #expect(EnvironmentEndpoints.ollamaURL(host) == expected)
    }

    @Test("base URLs of the environment go before the configuration's, and empty ones are as good as none")
    func baseURLs() throws {
        var openAI = ProviderConfiguration()
        openAI.baseURL = "https://configured.example/v1"
        func baseURL(_ name: String, _ environment: [String: String]) throws -> String {
            try ModelCatalog(
                providers: ["openai": openAI], environment: environment, homeDirectory: "/nowhere", userID: 0
            ).provider(named: name).baseURL
        }
        #expect(try baseURL("openai", ["OPENAI_BASE_URL": "http://127.0.0.1:1/v1"]) == "http://127.0.0.1:1/v1")
        #expect(try baseURL("openai", ["OPENAI_BASE_URL": " "]) == "https://configured.example/v1")
        #expect(try baseURL("anthropic", ["ANTHROPIC_BASE_URL": "https://h"]) == "https://h")
        #expect(try baseURL("ollama", [:]) == "http://127.0.0.1:11434/v1")
    }
}
