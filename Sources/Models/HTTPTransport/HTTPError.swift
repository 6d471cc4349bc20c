/// Why a request got no answer, or not all of one.
package struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, in terms of what a caller does about it.
    package enum Code: Sendable, Equatable {
        /// The request can't be sent as it is: its URL or a header field is wrong.
        case invalidRequest
        /// Plain `http` to another machine, without leave.
        case insecureRefused
        /// libcurl is not installed.
        case libraryMissing
        /// The host name leads nowhere.
        case dnsFailed
        /// Nothing listens there, or the network is down.
        case unreachable
        /// The proxy named by the environment can't be found or does not let the request through.
        case proxyFailed
        /// No connection within the limit.
        case connectTimedOut
        /// No trusted TLS connection.
        case tlsFailed
        /// No body within the limit.
        case firstByteTimedOut
        /// The body stopped coming.
        case idleTimedOut
        /// The connection broke before the end of the answer.
        case connectionLost
        /// The server wants the request sent elsewhere.
        case redirectRefused
        /// What came is not HTTP, or has a head of absurd size.
        case malformedResponse
        /// The task that waited was cancelled, or the client went away.
        case cancelled
        /// libcurl failed in a way that says nothing about the network.
        case transportFailed
    }

    /// What went wrong.
    package let code: Code
    /// One sentence for a person.
    ///
    /// Never contains a header value, a path, a query or a password.
    package let message: String
    /// libcurl's own words, when it had any; they name hosts and addresses only.
    package let cause: String?

    init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { cause.map { "\(message) (\($0))" } ?? message }

    /// The refusal of plain `http` to another machine.
    ///
    /// - Parameter destination: its host, and its port if the URL names one.
    package static func insecureRefused(_ destination: String) -> HTTPError {
        HTTPError(
            .insecureRefused,
            "plain http to \(destination) would show keys and words to the network; use https, or set "
                + "\"allowInsecure\": true for this provider in the configuration")
    }

    static let cancelled = HTTPError(.cancelled, "the request was cancelled")
}
