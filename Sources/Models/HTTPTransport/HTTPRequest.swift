/// One request, with the rules and limits that apply to it.
package struct HTTPRequest: Sendable {
    /// What is asked of the server.
    package enum Method: Sendable {
        /// Asks for what is there.
        case get
        /// Sends a body; its type is a header of the request.
        case post([UInt8])
    }

    /// An `http` or `https` URL without user name or password.
    package var url: String
    /// What is asked of the server, with the body if it takes one.
    package var method: Method
    /// Header fields, sent in this order after the ones that HTTP itself needs.
    package var headers: [HTTPField]
    /// A UNIX socket to connect to in place of the URL's host.
    package var unixSocketPath: String?
    /// Allows plain `http` to a host that is not this machine.
    ///
    /// Off unless the user said so for that provider.
    package var allowsInsecureHTTP = false
    /// How long resolving, connecting and the TLS handshake may take together; at least a millisecond.
    package var connectTimeout: Duration = .seconds(10)
    /// How long after `send` the first byte of the body may come.
    ///
    /// It is not the first byte of the head, because some servers send the head at once and only then let the model
    /// read the prompt.
    package var firstByteTimeout: Duration = .seconds(300)
    /// How long the body may pause once it has begun; time in which nobody reads does not count.
    package var idleTimeout: Duration = .seconds(60)

    /// Creates a request with the default limits.
    /// - Parameters:
    ///   - url: an `http` or `https` URL.
    ///   - method: what is asked of the server.
    ///   - headers: header fields to send.
    ///   - unixSocketPath: a UNIX socket to connect to in place of the URL's host.
    package init(url: String, method: Method = .get, headers: [HTTPField] = [], unixSocketPath: String? = nil) {
        self.url = url
        self.method = method
        self.headers = headers
        self.unixSocketPath = unixSocketPath
    }
}
