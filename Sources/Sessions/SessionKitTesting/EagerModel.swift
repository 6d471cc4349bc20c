public import SessionKit

/// A model whose whole answer is there at once, in the stream's buffer.
public struct EagerModel: ChatModel {
    /// What the model is called.
    public let reference = ModelReference(provider: "eager", model: nil)

    private let events: [ModelEvent]

    /// Makes a model.
    ///
    /// - Parameter events: every answer.
    public init(events: [ModelEvent]) { self.events = events }

    /// Gives all events at once.
    public func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        AsyncThrowingStream { continuation in
            for event in events { continuation.yield(event) }
            continuation.finish()
        }
    }
}
