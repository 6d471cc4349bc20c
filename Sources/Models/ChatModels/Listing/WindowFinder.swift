import SessionKit

/// Finds the context window of a model: in the configuration, else in the cache, else by asking its service.
struct WindowFinder: Sendable {
    /// The model's service.
    var service: ModelService
    /// The model's name at the service.
    let model: String
    /// The cache of windows.
    let cache: ModelCache

    /// A request of fewer tokens fits into any window, so the service is not asked.
    static let smallest = 2000

    /// The window, in tokens; nil if it is unknown.
    ///
    /// - Parameter estimate: the tokens of the request.
    func window(forTokens estimate: Int) async -> Int? {
        if let known { return known }
        let entry = cache.models(of: address)?.first { $0.name == model }
        guard entry == nil, estimate > Self.smallest else { return nil }
        var service = service
        service.patience = .seconds(1)
        let window = await service.contextWindow(of: model)
        if !Task.isCancelled { learn(window) }
        return window
    }

    /// The window if it is known without asking.
    var known: Int? {
        service.provider.contextWindow?.window(of: model)
            ?? cache.models(of: address)?.first { $0.name == model }?.contextWindow
    }

    /// Stores a window, or that the service has none.
    ///
    /// Not Ollama's, which changes when a model is loaded again.
    func learn(_ window: Int?) {
        guard !service.isOllama || window == nil else { return }
        cache.keep(ListedModel(name: model, contextWindow: window), of: address)
    }

    /// The key in the cache, where single windows are kept apart from lists.
    private var address: String { "window " + service.provider.baseURL + (service.provider.unixSocketPath ?? "") }
}
