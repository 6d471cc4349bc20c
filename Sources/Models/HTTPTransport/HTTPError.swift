/// Why a request got no answer, or only a part of one.
package struct HTTPError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, as far as callers react to it differently.
    package enum Code: Sendable, Equatable {
        /// The request can't be sent as it is: its URL or a header field is wrong.
        case invalidRequest
        /// Plain `http` to another machine, which is not allowed.
        case insecureRefused
        /// libcurl is not installed.
        case libraryMissing
        /// The host name can't be resolved.
        case dnsFailed
        /// Nothing listens at the address, or the network is down.
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
        /// The server answered with a redirect.
        case redirectRefused
        /// The answer is not HTTP, or its head is too large.
        case malformedResponse
        /// The task was cancelled, or the client was released.
        case cancelled
        /// libcurl failed for a reason other than the network.
        case transportFailed
    }

    /// What went wrong.
    package let code: Code
    /// One sentence for a person.
    ///
    /// Never contains a header value, a path, a query or a password.
    package let message: String
    /// libcurl's own message, if any; it names hosts and addresses only.
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
