/// The bytes of an answer as they arrive, to be read once.
///
/// At most about 256 KiB wait for the reader; then the server has to.
package struct HTTPBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]
    package typealias Failure = HTTPError

    let reader: TransferReader

    /// Reads the chunks of a body.
    package struct AsyncIterator: AsyncIteratorProtocol {
        let reader: TransferReader

        /// Waits for more of the body.
        /// - Parameter actor: the actor to stay on.
        /// - Returns: at least one byte, or nil at the end of a complete body.
        /// - Throws: ``HTTPError`` when the transfer failed or the task was cancelled, after every byte that had
        ///   arrived was returned.
        package mutating func next(isolation actor: isolated (any Actor)?) async throws(HTTPError) -> [UInt8]? {
            try await reader.nextChunk()
        }
    }

    /// Starts reading.
    ///
    /// Only one reader may wait for a body at a time.
    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
}
