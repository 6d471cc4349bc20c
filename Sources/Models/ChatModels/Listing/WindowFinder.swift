import SessionKit

/// Finds the window of one model: the configuration's, else what its service told within a day, else what it tells now.
struct WindowFinder: Sendable {
    /// The model's service.
    var service: ModelService
    /// The model's name there.
    let model: String
    /// What is known already.
    let cache: ModelCache

    /// A request below so many tokens fits into any window and is not worth a wait.
    static let smallest = 2000

    /// The window, in tokens; nil if nobody knows.
    ///
    /// - Parameter estimate: how many tokens are about to be sent.
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

    /// The window as far as it is known without asking.
    var known: Int? {
        service.provider.contextWindow?.window(of: model)
            ?? cache.models(of: address)?.first { $0.name == model }?.contextWindow
    }

    /// Keeps a window, or nil where the service does not tell any.
    ///
    /// Ollama's is another one whenever a model is loaded anew.
    func learn(_ window: Int?) {
        guard !service.isOllama || window == nil else { return }
        cache.keep(ListedModel(name: model, contextWindow: window), of: address)
    }

    /// Windows that were asked for one by one are kept apart from whole lists.
    private var address: String { "window " + service.provider.baseURL + (service.provider.unixSocketPath ?? "") }
}
