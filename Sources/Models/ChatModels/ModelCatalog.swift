import Platform
package import LocalEngine
import HTTPTransport
public import SessionKit

/// All models: those of the built-in providers and of the configuration's.
///
/// ```swift
/// let catalog = ModelCatalog(
///     environment: ProcessInfo.processInfo.environment, homeDirectory: NSHomeDirectory(), userID: getuid())
/// let model = try catalog.model(for: ModelReference(provider: "openai", model: "gpt-5-mini"))
/// ```
public struct ModelCatalog: Sendable {
    private let configurations: [String: ProviderConfiguration]
    private let environment: [String: String]
    let keys: KeyRing
    private let engine: LocalEngineConfiguration
    private let notice: @Sendable (String) -> Void
    let cache: ModelCache
    private let retries: RetryPolicy
    private let fallbacks: [ModelReference: [ModelReference]]
    // Shared, so that connections stay open between turns. It starts nothing before the first request.
    let client = HTTPClient()

    /// Makes a catalogue.
    ///
    /// Nothing is read from disk, sent or started, and an error in the configuration of a provider is reported when
    /// that provider is used.
    ///
    /// - Parameters:
    ///   - providers: the configuration of providers, by name.
    ///   - environment: the environment: keys, base URLs, and where the local model is.
    ///   - homeDirectory: the user's home directory, an absolute path.
    ///   - userID: the effective user id, owner of the local engine's socket.
    ///   - cacheDirectory: the directory of the cache of models; nil for a cache in memory.
    ///   - retries: how often a request that failed before its answer began is sent again.
    ///   - fallbacks: the models that answer in place of a model that can't.
    ///   - onNotice: called with a message for the user, who has to wait; on any thread.
    public init(
        providers: [String: ProviderConfiguration] = [:], environment: [String: String], homeDirectory: String,
        userID: UInt32, cacheDirectory: String? = nil, retries: RetryPolicy = .automatic,
        fallbacks: [ModelReference: [ModelReference]] = [:],
        onNotice: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.init(
            providers: providers, environment: environment,
            engine: LocalEngineConfiguration(environment: environment, homeDirectory: homeDirectory, userID: userID),
            cacheDirectory: cacheDirectory, retries: retries, fallbacks: fallbacks, onNotice: onNotice)
    }

    /// Makes a catalogue with another configuration of the local engine; the other parameters are the same.
    package init(
        providers: [String: ProviderConfiguration], environment: [String: String], engine: LocalEngineConfiguration,
        cacheDirectory: String? = nil, retries: RetryPolicy = .automatic,
        fallbacks: [ModelReference: [ModelReference]] = [:], onNotice: @escaping @Sendable (String) -> Void
    ) {
        cache = ModelCache(directory: cacheDirectory)
        self.retries = retries
        self.fallbacks = fallbacks
        configurations = providers
        self.environment = environment
        self.engine = engine
        notice = onNotice
        keys = KeyRing(environment: environment, hiding: Self.keyVariables(of: providers))
    }

    /// The providers' names in alphabetical order.
    public var providerNames: [String] { Set(BuiltInProviders.byName.keys).union(configurations.keys).sorted() }

    /// The environment variables that may hold a key: no child process should inherit them.
    public var keyVariables: Set<String> { Self.keyVariables(of: configurations) }

    /// A provider as it is used: built in, configured, and with the environment's base URL.
    ///
    /// - Parameter name: the part of a reference before the colon.
    /// - Throws: `ModelError` with `unknownModel` and similar names, or with `configuration`.
    public func provider(named name: String) throws -> Provider {
        let builtIn = BuiltInProviders.byName[name]
        if let configuration = configurations[name] {
            // The environment takes precedence over the configuration, as everywhere.
            return EnvironmentEndpoints.apply(environment, to: try configuration.merged(over: builtIn, name: name))
        }
        if let builtIn { return EnvironmentEndpoints.apply(environment, to: builtIn) }
        // It may be the name of a model, without its provider.
        let models = knownReferences.filter { $0.model == name }.map(\.description)
        let near = models.isEmpty ? NearNames.of(name, among: providerNames) : models
        let hint =
            near.isEmpty
            ? "There are: \(providerNames.joined(separator: ", "))." : "Did you mean \(near.joined(separator: " or "))?"
        throw ModelError(.unknownModel, "There is no provider \(name). \(hint)")
    }

    private static func keyVariables(of configurations: [String: ProviderConfiguration]) -> Set<String> {
        Set(BuiltInProviders.byName.values.flatMap(\.keyVariables))
            .union(configurations.values.flatMap { $0.keyVariables ?? [] })
    }

    /// The model of a reference, with its fallbacks.
    ///
    /// Whether the service has it shows with the first request. A key command is not run yet.
    ///
    /// - Parameter reference: the provider, and its model unless it has a default.
    /// - Returns: the model, whose reference names it even where it is the default, which may change.
    /// - Throws: `ModelError` with `unknownModel`, `refusedCredentials` if there is no key, or `configuration`.
    public func model(for reference: ModelReference) throws -> any ChatModel {
        let model = try single(reference)
        guard let references = fallbacks[reference] ?? fallbacks[model.reference] else { return model }
        let isNear = try provider(named: reference.provider).isOnThisMachine
        let others = try references.map { other in
            // A conversation with a model on this machine must not leave it.
            guard try !isNear || provider(named: other.provider).isOnThisMachine else {
                throw ModelError(
                    .configuration,
                    "\"fallback\" leads from \(reference), which is on this machine, to \(other), which is not.")
            }
            return try single(other)
        }
        return FallbackModel(first: model, others: others, notice: notice)
    }

    /// The model of a reference, without fallbacks.
    private func single(_ reference: ModelReference) throws -> any ChatModel {
        let provider = try provider(named: reference.provider)
        switch provider.api {
        case .echo: return EchoModel(reference: reference)
        case .localEngine: return try localModel(reference, provider)
        case .openAIChat:
            return try remoteModel(
                reference, provider,
                OpenAIChatFormat(
                    tokenLimitParameter: provider.tokenLimitParameter, asksForUsage: provider.asksForUsage))
        case .openAIResponses: return try remoteModel(reference, provider, OpenAIResponsesFormat())
        case .anthropicMessages: return try remoteModel(reference, provider, AnthropicMessagesFormat())
        }
    }

    /// The model to use where none is named.
    ///
    /// - Returns: OpenAI's default if `OPENAI_API_KEY` is set, else Anthropic's if `ANTHROPIC_API_KEY` is, else the
    ///   local model if it is installed, else nil.
    public func defaultReference() -> ModelReference? {
        for name in ["openai", "anthropic"] {
            if let provider = try? provider(named: name), keys.hasVariable(for: provider) {
                return try? Self.reference(provider, model: provider.defaultModel)
            }
        }
        return isLocalModelInstalled ? ModelReference(provider: "local", model: nil) : nil
    }

    /// Whether the bundled model is installed.
    public var isLocalModelInstalled: Bool { LocalEngineInstallation.find(engine) != nil }

    /// Whether the configuration names a provider.
    func isConfigured(_ name: String) -> Bool { configurations[name] != nil }

    /// Prepares for any model that is reached over HTTP, by loading libcurl in the background.
    ///
    /// It returns at once and reports nothing; a program that asks a model soon saves some milliseconds. While libcurl
    /// is being loaded, the program has to end by _exit(2): see exit(3) on handlers and threads.
    public static func prepareToConnect() { HTTPClient.prepare() }

    /// Prepares a model before the first prompt, by starting the local engine.
    ///
    /// It returns at once and reports nothing: asking the model tries again, with notices and errors.
    ///
    /// - Parameter model: a model of this catalogue.
    public func prepare(_ model: any ChatModel) {
        if let preparation = model.preparation { Task { try? await preparation() } }
    }

    private func remoteModel(
        _ reference: ModelReference, _ provider: Provider, _ format: any WireFormat
    ) throws -> any ChatModel {
        let provider = try ProviderCheck.checked(provider)
        guard let model = reference.model ?? provider.defaultModel else {
            throw ModelError(
                .unknownModel, "\(provider.name) has no default model: name one, as \(provider.name):MODEL.")
        }
        try keys.check(provider)
        let service = ModelService(provider: provider, client: client, keys: keys)
        return RemoteModel(
            reference: try Self.reference(provider, model: model),
            call: WireCall(provider: provider, model: model, format: format, client: client, keys: keys),
            windows: WindowFinder(service: service, model: model, cache: cache),
            retrying: Retrying(policy: retries, notice: notice))
    }

    private func localModel(_ reference: ModelReference, _ provider: Provider) throws -> any ChatModel {
        let (model, engine) = try localEngine(reference, provider)
        let isBundled = reference.model == nil && provider.defaultModel == nil
        let format = OpenAIChatFormat(
            tokenLimitParameter: .maxTokens, asksForUsage: true, loopBreaking: isBundled ? .bundledModel : nil)
        return LocalModel(
            reference: try Self.reference(provider, model: model), engine: engine,
            call: WireCall(
                provider: provider, model: "local", format: format, client: client, keys: keys),
            notice: notice,
            windows: WindowFinder(
                service: ModelService(provider: provider, client: client, keys: keys), model: model ?? "local",
                cache: cache))
    }

    /// The reference of a provider's model, whose name may come from the configuration.
    private static func reference(_ provider: Provider, model: String?) throws(ModelError) -> ModelReference {
        let text = model.map { "\(provider.name):\($0)" } ?? provider.name
        guard let reference = ModelReference(text), reference.provider == provider.name else {
            throw ModelError(
                .configuration, "The provider \(provider.name), or its default model, has a name that can't be used.")
        }
        return reference
    }

    /// The engine for a model, and the model's name under which it is found from any directory.
    private func localEngine(
        _ reference: ModelReference, _ provider: Provider
    ) throws(ModelError) -> (String?, LocalEngine) {
        do throws(LocalEngineError) {
            guard let path = reference.model ?? provider.defaultModel else {
                return (reference.model, try LocalEngine(engine))
            }
            let expanded = UserDirectories.expandingHome(path, home: engine.homeDirectory)
            let model = try LocalEngineModel(path: expanded)
            let absolute = expanded.hasPrefix("/") ? expanded : model.path
            let resolved = reference.model == nil ? nil : absolute
            return (resolved, LocalEngine(model, engine))
        } catch {
            throw ModelError(error)
        }
    }
}
