import SessionKit

/// Reads an answer of the local engine, and asks once more if the engine died before it said anything.
///
/// An engine may go idle or be killed between the moment it was found ready and the request.
actor LocalAnswerReader {
    private let open: @Sendable () async throws -> OpenAnswer
    private var reader: AnswerReader
    private var mayAskAgain = true

    /// Makes a reader.
    ///
    /// - Parameter open: has the engine ready and sends the request.
    init(open: @escaping @Sendable () async throws -> OpenAnswer) {
        self.open = open
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
        } catch let error as ModelError where mayAskAgain && (error.code == .unreachable || error.code == .cut) {
            mayAskAgain = false
            reader = AnswerReader(open: open)
            return try await reader.next()
        }
    }
}
