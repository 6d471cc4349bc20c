import Platform
package import LocalEngine
import HTTPTransport
public import SessionKit

/// Every model that can be reached: the built-in providers, and what the configuration makes of them.
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
    // One for all: connections stay open from turn to turn. It starts nothing before the first request.
    let client = HTTPClient()

    /// Makes a catalogue.
    ///
    /// Nothing is read from disk, sent or started, and what does not fit in the configuration of a provider is an error
    /// when that provider is asked for.
    ///
    /// - Parameters:
    ///   - providers: what the configuration says about providers, by name.
    ///   - environment: the environment: keys, base URLs, and where the local model is.
    ///   - homeDirectory: the user's home directory, an absolute path.
    ///   - userID: the effective user id, owner of the local engine's socket.
    ///   - cacheDirectory: where what services tell about their models is kept for a day; nil keeps it in memory.
    ///   - retries: how often a request is sent again that failed before its answer began.
    ///   - fallbacks: the models that answer in a model's place when it can't.
    ///   - onNotice: called with a line for people while they have to wait; on any thread.
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

    /// Makes a catalogue with an engine configured otherwise than by default.
    ///
    /// - Parameters:
    ///   - providers: what the configuration says about providers, by name.
    ///   - environment: the environment: keys and base URLs.
    ///   - engine: the surroundings of the local engine.
    ///   - cacheDirectory: where what services tell about their models is kept for a day; nil keeps it in memory.
    ///   - retries: how often a request is sent again that failed before its answer began.
    ///   - fallbacks: the models that answer in a model's place when it can't.
    ///   - onNotice: called with a line for people while they have to wait; on any thread.
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
    /// - Parameter name: what stands before the colon of a reference.
    /// - Throws: `ModelError` with `unknownModel` and near names, or with `configuration`.
    public func provider(named name: String) throws -> Provider {
        let builtIn = BuiltInProviders.byName[name]
        if let configuration = configurations[name] {
            // The environment is nearer than the configuration, as everywhere.
            return EnvironmentEndpoints.apply(environment, to: try configuration.merged(over: builtIn, name: name))
        }
        if let builtIn { return EnvironmentEndpoints.apply(environment, to: builtIn) }
        // Somebody who names a model alone means the provider that has it.
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

    /// The model that a reference means.
    ///
    /// It is ready to be asked; whether the service has it is known when it is. A key command is not run yet.
    ///
    /// - Parameter reference: the provider, and its model unless it has a default.
    /// - Returns: the model, with a reference that stays the same model should the default change.
    /// - Throws: `ModelError` with `unknownModel`, `refusedCredentials` if there is no key, or `configuration`.
    public func model(for reference: ModelReference) throws -> any ChatModel {
        let model = try single(reference)
        guard let references = fallbacks[reference] ?? fallbacks[model.reference] else { return model }
        let isNear = try provider(named: reference.provider).isOnThisMachine
        let others = try references.map { other in
            // What is said to a model on this machine stays on it.
            guard try !isNear || provider(named: other.provider).isOnThisMachine else {
                throw ModelError(
                    .configuration,
                    "\"fallback\" leads from \(reference), which is on this machine, to \(other), which is not.")
            }
            return try single(other)
        }
        return FallbackModel(first: model, others: others, notice: notice)
    }

    /// The model of a reference alone.
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

    /// The model to use where nobody has named one.
    ///
    /// - Returns: OpenAI's default if `OPENAI_API_KEY` is set, else Anthropic's if `ANTHROPIC_API_KEY` is, else the local
    ///   model if it is installed, else nil.
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

    /// Does what can be done for any model that is reached over HTTP before it is known which: libcurl is opened.
    ///
    /// It returns at once and says nothing; a program that will ask a model soon saves some milliseconds by it. As long as
    /// that goes on in the background, the program has to end by _exit(2): see exit(3) on handlers and threads.
    public static func prepareToConnect() { HTTPClient.prepare() }

    /// Does what can be done for a model before the first prompt is there: the local engine is started.
    ///
    /// It returns at once and says nothing, also if that fails: asking the model does it again, with notices and errors.
    ///
    /// - Parameter model: a model of this catalogue; others need no preparation.
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
