import Foundation
import SessionKit
import Testing

@testable import ChatModels

struct ModelCatalogTests {
    private func catalog(_ environment: [String: String] = [:]) -> ModelCatalog {
        ModelCatalog(environment: environment, homeDirectory: "/nowhere", userID: getuid())
    }

    private func failure(_ reference: String, _ environment: [String: String] = [:]) throws -> ModelError {
        try #require(throws: ModelError.self) {
            try catalog(environment).model(for: try #require(ModelReference(reference)))
        }
    }

    @Test("an unknown provider is an error with near names")
    func unknownProvider() throws {
        let error = try failure("opnai:x")
        #expect(error.code == .unknownModel)
        #expect(error.message.contains("openai"))
    }

    @Test("a provider without its key is refused with the variable's name")
    func missingKey() throws {
        let error = try failure("openai")
        #expect(error.code == .refusedCredentials)
        #expect(error.message.contains("OPENAI_API_KEY"))
        #expect(try failure("openai", ["OPENAI_API_KEY": "sk-ca nary"]).description.contains("nary") == false)
    }

    @Test("a provider without a default model wants one named")
    func noDefaultModel() throws {
        let error = try failure("groq", ["GROQ_API_KEY": "k"])
        #expect(error.code == .unknownModel)
        #expect(error.message.contains("groq:MODEL"))
    }

    @Test("a reference without a model becomes one with the default, so that a session stays with it")
    func resolves() throws {
        let model = try catalog(["ANTHROPIC_API_KEY": "k"]).model(
            for: ModelReference(provider: "anthropic", model: nil))
        #expect(model.reference.model == BuiltInProviders.byName["anthropic"]?.defaultModel)
        let named = ModelReference(provider: "ollama", model: "llama3.2:1b")
        #expect(try catalog().model(for: named).reference == named)
    }

    @Test(
        "without a choice it is OpenAI, then Anthropic, then nothing where no local model is",
        arguments: [
            (["OPENAI_API_KEY": "a", "ANTHROPIC_API_KEY": "b"], "openai"),
            (["OPENAI_API_KEY": "", "ANTHROPIC_API_KEY": "b"], "anthropic"), (["GROQ_API_KEY": "c"], nil),
        ] as [([String: String], String?)])
    func defaults(environment: [String: String], provider: String?) {
        #expect(catalog(environment).defaultReference()?.provider == provider)
    }

    @Test("an installed local model is the last default, and where it is not it says how to get it")
    func localDefault() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory.appending(path: "sesh"), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let error = try failure("local", ["XDG_DATA_HOME": directory.path])
        #expect(error.code == .configuration)
        #expect(error.message.contains("install-local-model"))
        try Data("GGUF".utf8).write(to: directory.appending(path: "sesh/m.gguf"))
        try Data(#"{"format":"sesh.local-model/1","weights":"m.gguf","name":"m"}"#.utf8)
            .write(to: directory.appending(path: "sesh/local-model.json"))
        let catalog = catalog(["XDG_DATA_HOME": directory.path])
        #expect(catalog.defaultReference() == ModelReference(provider: "local", model: nil))
        #expect(try catalog.model(for: ModelReference(provider: "local", model: nil)).reference.description == "local")
        let file = ModelReference(provider: "local", model: directory.path + "/sesh/m.gguf")
        #expect(try catalog.model(for: file).reference == file)
    }

    @Test("plain http to another machine is refused before anything is begun, unless it is allowed")
    func plainHTTP() throws {
        func model(at url: String, isAllowed: Bool = false) throws {
            var mine = ProviderConfiguration()
            mine.baseURL = url
            mine.allowInsecure = isAllowed
            let catalog = ModelCatalog(providers: ["mine": mine], environment: [:], homeDirectory: "/", userID: 0)
            _ = try catalog.model(for: ModelReference(provider: "mine", model: "m"))
        }
        for host in ["example.com", "192.168.1.20:8000", "localhost.example", "128.0.0.1", "FACE.example"] {
            let error = try #require(throws: ModelError.self) { try model(at: "http://\(host)/v1") }
            #expect(error.code == .configuration)
            #expect(error.message.contains("\"allowInsecure\": true") && error.message.contains("http to \(host) "))
            try model(at: "http://\(host)/v1", isAllowed: true)
            try model(at: "https://\(host)/v1")
        }
        // Whether an odd spelling is this machine is for the transport to say.
        for host in ["localhost", "LocalHost:1", "127.0.0.1", "127.9.9.9", "[::1]:80", "127.1", "2130706433"] {
            try model(at: "http://\(host)/v1")
        }
    }

    @Test("a local model that is no GGUF file is an unknown model")
    func noGGUF() throws {
        #expect(try failure("local:/dev/null").code == .unknownModel)
        #expect(try failure("local:/no/such.gguf").code == .unknownModel)
    }

    @Test("every variable that may hold a key is known, configured ones too")
    func keyVariables() {
        var mine = ProviderConfiguration()
        mine.keyVariables = ["MY_KEY"]
        let catalog = ModelCatalog(providers: ["mine": mine], environment: [:], homeDirectory: "/", userID: 0)
        #expect(catalog.keyVariables.isSuperset(of: ["MY_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"]))
    }
}
