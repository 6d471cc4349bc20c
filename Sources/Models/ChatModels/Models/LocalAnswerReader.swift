import SessionKit

/// Reads an answer of the local engine, and asks once more if the engine died before it said anything.
///
/// An engine may go idle or be killed between the moment it was found ready and the request.
actor LocalAnswerReader {
    private let open: @Sendable () async throws -> OpenAnswer
    private let explain: @Sendable (ModelError) -> ModelError
    private var reader: AnswerReader
    private var mayAskAgain = true

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - open: has the engine ready and sends the request.
    ///   - explain: adds to an error what is known of the engine.
    init(
        open: @escaping @Sendable () async throws -> OpenAnswer,
        explain: @escaping @Sendable (ModelError) -> ModelError
    ) {
        self.open = open
        self.explain = explain
        reader = AnswerReader(open: open)
    }

    /// Waits for the next event.
    ///
    /// - Returns: nil at the end of the answer.
    /// - Throws: `ModelError` or `CancellationError`.
    func next() async throws -> ModelEvent? {
        do {
            let event = try await reader.next()
            mayAskAgain = false
            return event
        } catch let error as ModelError where error.code == .unreachable || error.code == .cut {
            guard mayAskAgain else { throw explain(error) }
            mayAskAgain = false
            reader = AnswerReader(open: open)
            return try await next()
        }
    }
}
