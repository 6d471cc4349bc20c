/// Something worth telling a person who waits for the local model.
package enum LocalEngineNotice: Sendable, Equatable {
    /// An engine is being started for the model named; loading takes a second for a small one, minutes for a large one.
    case starting(model: String)
    /// Another process has started the engine and it is not ready yet.
    case waiting(model: String)
}
