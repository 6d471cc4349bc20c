/// One change to what a session is called or asks for.
public enum SessionChange: Hashable, Sendable {
    /// The name for people; nil takes it away.
    case title(String?)
    /// The model it goes on with; nil for the default.
    case model(ModelReference?)
    /// The system prompt; nil for none.
    case system(String?)
    /// The sampling temperature; nil for the model's own.
    case temperature(Double?)
    /// The most tokens an answer may have; nil for the model's own.
    case maxTokens(Int?)
    /// How much the model is to reason; nil for the model's own way.
    case reasoningEffort(ReasoningEffort?)
    /// A parameter without a setting of its own: its name, and its value as JSON text; nil takes it away.
    case parameter(String, String?)

    /// Checks that a session can be changed so.
    ///
    /// - Throws: `SessionError` with `invalidSetting`.
    public func check() throws(SessionError) {
        if case .parameter(let name, _) = self { try ModelParameters.check(name) }
        var settings = SessionSettings()
        apply(to: &settings)
        try settings.check()
    }

    /// Applies the change to a session; revision and times are the store's to set.
    public func apply(to session: inout Session) {
        switch self {
        case .title(let title): session.summary.title = title
        case .model(let model): session.summary.model = model
        case .system, .temperature, .maxTokens, .reasoningEffort, .parameter: apply(to: &session.settings)
        }
    }

    /// Applies the change to settings, if it is one of them.
    public func apply(to settings: inout SessionSettings) {
        switch self {
        case .title, .model: break
        case .system(let system): settings.system = system
        case .temperature(let temperature): settings.temperature = temperature
        case .maxTokens(let limit): settings.maxTokens = limit
        case .parameter(let name, let value): settings.parameters[name] = value
        case .reasoningEffort(let effort): settings.reasoningEffort = effort
        }
    }
}
