import HTTPTransport
import SessionKit
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Asks a provider's service about its models.
struct ModelService: Sendable {
    /// The provider.
    var provider: Provider
    /// The client that sends the requests.
    let client: HTTPClient
    /// The key ring with the provider's key.
    let keys: KeyRing
    /// How long an answer may take.
    var patience: Duration = .seconds(5)

    /// In bytes: a list may have hundreds of models, with descriptions.
    private static let longestAnswer = 16 << 20

    /// The service's list of models.
    ///
    /// - Throws: `ModelError` or `CancellationError`.
    func models() async throws -> [ListedModel] {
        let path =
            switch provider.api {
            case .anthropicMessages: "/v1/models?limit=1000"
            default: "/models"
            }
        return try await read(List.self, from: provider.baseURL + path).models
    }

    /// The context window of a model as it is served now; nil if the service does not say.
    ///
    /// - Parameter model: the model's name at the service.
    func contextWindow(of model: String) async -> Int? {
        if provider.api == .anthropicMessages { return await listedWindow(of: model) }
        if isOllama {
            // The models that are loaded; /api/show has the model's greatest window, not the loaded one (40,960, not
            // 4,096).
            let running = try? await read(List.self, from: root + "/api/ps").models
            return running?.first { $0.name == model || $0.name == model + ":latest" }?.contextWindow
        }
        // llama.cpp's list has the window of the model's training.
        if provider.isOnThisMachine, let window = try? await read(Properties.self, from: root + "/props").window {
            return window
        }
        return await listedWindow(of: model)
    }

    private func listedWindow(of model: String) async -> Int? {
        (try? await models())?.first { $0.name == model }?.contextWindow
    }

    /// Whether it is Ollama, whose windows change when a model is loaded again.
    var isOllama: Bool { provider.name == "ollama" || provider.baseURL.contains(":11434") }

    /// The base URL without the version of the API.
    private var root: String {
        provider.baseURL.hasSuffix("/v1") ? String(provider.baseURL.dropLast(3)) : provider.baseURL
    }

    private func read<Value: Decodable>(_ type: Value.Type, from url: String) async throws -> Value {
        let key = try await keys.key(for: provider)
        let failure = FailureInterpreter(provider: provider, model: "", url: url, key: key)
        var request = provider.request(.get, url, key: key, accept: "application/json")
        request.connectTimeout = min(request.connectTimeout, patience)
        request.firstByteTimeout = patience
        request.idleTimeout = patience
        do {
            let response = try await client.send(request)
            var bytes: [UInt8] = []
            for try await chunk in response.body {
                bytes += chunk
                guard bytes.count <= Self.longestAnswer else { throw failure.error(.tooMuch("it is too long")) }
            }
            guard response.status == 200 else {
                throw failure.error(
                    status: response.status, body: bytes, contentType: response.header("Content-Type"),
                    retryAfter: nil, now: Date())
            }
            guard let value = WireJSON.decode(type, from: bytes) else {
                throw failure.error(.malformed("no list of models"))
            }
            return value
        } catch let error as HTTPError {
            throw failure.error(error, hasBegun: false)
        }
    }

    /// A list of models: `{"data":[…]}`, Ollama's `{"models":[…]}`, or the array alone (Together).
    private struct List: Decodable {
        let models: [ListedModel]

        private enum Key: String, CodingKey { case data, models }

        init(from decoder: any Decoder) throws {
            if let list = try? decoder.singleValueContainer().decode([Entry].self) {
                models = list.compactMap(\.model)
            } else {
                let object = try decoder.container(keyedBy: Key.self)
                let key: Key = object.contains(.data) ? .data : .models
                models = try object.decode([Entry].self, forKey: key).compactMap(\.model)
            }
        }

        /// An entry that can't be read is left out, without the others.
        private struct Entry: Decodable {
            let model: ListedModel?
            init(from decoder: any Decoder) { model = try? ListedModel(from: decoder) }
        }
    }

    /// llama.cpp's `GET /props`.
    private struct Properties: Decodable {
        let window: Int?

        private enum Key: String, CodingKey {
            case settings = "default_generation_settings"
            case window = "n_ctx"
        }

        init(from decoder: any Decoder) throws {
            let object = try decoder.container(keyedBy: Key.self)
            let settings = try? object.nestedContainer(keyedBy: Key.self, forKey: .settings)
            window = settings?.lenient(Int.self, .window) ?? object.lenient(Int.self, .window)
        }
    }
}
