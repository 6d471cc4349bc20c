/// An answer whose head has arrived and whose body is still arriving.
package struct HTTPResponse: Sendable {
    /// The status code, 200 to 299 or 400 to 599: redirects are errors, interim answers are skipped.
    package let status: Int
    /// The header fields in the order of arrival.
    package let headers: [HTTPField]
    /// The body.
    ///
    /// Releasing the response and everything made from it ends the transfer.
    package let body: HTTPBody

    /// The first value of a header field.
    /// - Parameter name: the field's name, in any case.
    /// - Returns: the value, or nil when there is no such field.
    package func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}

/// The bytes of an answer as they arrive, to be read once.
///
/// At most about 256 KiB are buffered; then the server has to wait.
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
