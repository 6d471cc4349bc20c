public import SessionKit

/// The models of one provider, or why there is no list of them.
public struct ProviderModels: Sendable {
    /// The provider's name.
    public let provider: String
    /// The models, in the service's order; empty if there is no list.
    public let models: [ListedModel]
    /// Why there is no list; nil if there is one.
    public let error: ModelError?
}

extension ModelCatalog {
    /// Asks providers for their models, in parallel, for five seconds at most.
    ///
    /// A list that was read within the last day comes from the cache.
    ///
    /// - Parameters:
    ///   - name: the provider to ask, whatever the cache has; nil for all that have a key or need none.
    /// - Returns: the lists, sorted by the providers' names, without servers on this machine that are neither
    ///   configured nor running.
    /// - Throws: `ModelError` if there is no such provider.
    public func models(of name: String? = nil) async throws -> [ProviderModels] {
        if let name { return [await models(of: try provider(named: name), isForced: true)] }
        let asked = providerNames.compactMap { try? provider(named: $0) }.filter(isUsable)
        let lists = await withTaskGroup(of: ProviderModels.self) { group in
            for provider in asked { group.addTask { await models(of: provider, isForced: false) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let wanted = Set(asked.filter { $0.usesKey && !$0.keyIsOptional || isConfigured($0.name) }.map(\.name))
        return lists.filter { list in list.error?.code != .unreachable || wanted.contains(list.provider) }
            .sorted { $0.provider < $1.provider }
    }

    /// References of the models in the cache, for completion and similar names.
    public var knownReferences: [ModelReference] {
        providerNames.compactMap { try? provider(named: $0) }.flatMap { provider in
            (cache.models(of: listAddress(provider)) ?? []).compactMap { ModelReference("\(provider.name):\($0.name)") }
        }
    }

    private func models(of provider: Provider, isForced: Bool) async -> ProviderModels {
        switch provider.api {
        case .echo: return ProviderModels(provider: provider.name, models: [], error: nil)
        case .localEngine:
            // The model has no name of its own.
            let installed = isLocalModelInstalled ? [ListedModel(name: "")] : []
            return ProviderModels(provider: provider.name, models: installed, error: nil)
        case .openAIChat, .openAIResponses, .anthropicMessages: break
        }
        if !isForced, let known = cache.models(of: listAddress(provider)) {
            return ProviderModels(provider: provider.name, models: known, error: nil)
        }
        do {
            let service = ModelService(provider: try ProviderCheck.checked(provider), client: client, keys: keys)
            let models = try await service.models()
            cache.keep(models, of: listAddress(provider))
            return ProviderModels(provider: provider.name, models: models, error: nil)
        } catch {
            let known = error as? ModelError ?? ModelError(.unreachable, "\(provider.name) was not asked.")
            return ProviderModels(provider: provider.name, models: [], error: known)
        }
    }

    private func listAddress(_ provider: Provider) -> String {
        "list " + provider.baseURL + (provider.unixSocketPath ?? "")
    }

    private func isUsable(_ provider: Provider) -> Bool {
        provider.api != .echo && (!provider.usesKey || provider.keyIsOptional || (try? keys.check(provider)) != nil)
    }
}
