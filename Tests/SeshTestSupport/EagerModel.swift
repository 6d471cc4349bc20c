package import SessionKit

/// A model whose whole answer is there at once, in the stream's buffer.
package struct EagerModel: ChatModel {
    /// What the model is called.
    package let reference = ModelReference(provider: "eager", model: nil)

    private let events: [ModelEvent]

    /// Makes a model.
    ///
    /// - Parameter events: every answer.
    package init(events: [ModelEvent]) { self.events = events }

    /// Gives all events at once.
    package func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        AsyncThrowingStream { continuation in
            for event in events { continuation.yield(event) }
            continuation.finish()
        }
    }
}
