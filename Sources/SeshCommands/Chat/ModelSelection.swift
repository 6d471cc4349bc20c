import ChatModels
import SessionKit

/// Which model answers: the flag's, then the session's own, then `SESH_MODEL`'s, then the configuration's, then the one
/// that the environment or the installed local model suggests.
struct ModelSelection {
    let program: Program
    let configuration: Configuration
    let catalog: ModelCatalog

    /// Chooses a model.
    ///
    /// - Parameters:
    ///   - flag: what the command line names.
    ///   - session: the model of the session.
    /// - Throws: `CommandError` with the status `configuration` if nothing names one.
    func reference(flag: ModelReference?, session: ModelReference?) throws -> ModelReference {
        if let reference = flag ?? session { return reference }
        if let text = program.environment["SESH_MODEL"], !text.isEmpty { return try parse(text, "SESH_MODEL") }
        if let text = configuration.model { return try parse(text, "\"model\" in the configuration") }
        if let reference = catalog.defaultReference() { return reference }
        throw CommandError(
            .configuration,
            "No model is configured. Install the local one with 'sesh install-local-model', set OPENAI_API_KEY "
                + "or ANTHROPIC_API_KEY, or name one with -m, SESH_MODEL or \"model\" in the configuration.")
    }

    /// Whether it is the local model because nothing names another.
    ///
    /// - Parameters:
    ///   - flag: what the command line names.
    ///   - session: the model of the session.
    func fallsBackOnLocal(flag: ModelReference?, session: ModelReference?) -> Bool {
        flag == nil && session == nil && program.environment["SESH_MODEL", default: ""].isEmpty
            && configuration.model == nil && catalog.defaultReference()?.provider == "local"
    }

    private func parse(_ text: String, _ place: String) throws -> ModelReference {
        if let reference = ModelReference(text) { return reference }
        throw CommandError(.configuration, "\(place) is '\(text)', which is no model: write provider:model.")
    }
}
