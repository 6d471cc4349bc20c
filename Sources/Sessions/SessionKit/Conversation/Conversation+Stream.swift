/// What happens in the course of a turn.
public enum TurnEvent: Sendable {
    /// A piece of the answer.
    case text(String)
    /// The turn is durable; the last event.
    case finished(TurnResult)
}

extension Conversation {
    /// Runs a whole turn as `send` does, as a sequence of what happens.
    ///
    /// Ending the loop early, or cancelling its task, interrupts the answer: what had arrived is saved.
    ///
    /// ```swift
    /// for try await event in conversation.stream("Hello") {
    ///     if case .text(let piece) = event { print(piece, terminator: "") }
    /// }
    /// ```
    /// - Parameters:
    ///   - prompt: the words, at least one of them visible.
    ///   - replacing: the last turn, if this is another try at it.
    /// - Returns: the pieces of the answer, then the result; it fails as `send` throws. The turn begins at once, whether
    ///   or not an event is asked for.
    public func stream(
        _ prompt: Content, replacing: TurnID? = nil
    ) -> AsyncThrowingStream<TurnEvent, any Error> {
        AsyncThrowingStream { continuation in
            let turn = Task {
                do {
                    let result = try await send(prompt, replacing: replacing) { continuation.yield(.text($0)) }
                    continuation.yield(.finished(result))
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in turn.cancel() }
        }
    }
}
