/// A request, with the rules and limits that apply to it.
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
    /// Header fields, sent in this order after the ones that HTTP requires.
    package var headers: [HTTPField]
    /// A UNIX socket to connect to in place of the URL's host.
    package var unixSocketPath: String?
    /// Allows plain `http` to a host that is not this machine.
    ///
    /// Off unless the user allows it for that provider.
    package var allowsInsecureHTTP = false
    /// The limit for resolving, connecting and the TLS handshake together; at least a millisecond.
    package var connectTimeout: Duration = .seconds(10)
    /// The limit from `send` to the first byte of the body.
    ///
    /// Not of the head, since some servers send that before the model reads the prompt.
    package var firstByteTimeout: Duration = .seconds(300)
    /// The limit for a pause within the body; time in which nobody reads does not count.
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

/// One header field of a request or a response.
package struct HTTPField: Sendable, Equatable {
    /// The name as it was written; names compare without regard to case (RFC 9110 section 5.1).
    package let name: String
    /// The value without the white space around it.
    package let value: String

    /// Creates a field.
    /// - Parameters:
    ///   - name: a token in the sense of RFC 9110; checked when the request is sent.
    ///   - value: any text without control characters; checked when the request is sent.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Shows only the name: the value may be a key, and descriptions end up in logs and test output.
extension HTTPField: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(name): …" }
    package var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

extension HTTPRequest {
    /// Checks the parts that are put into the request's head as text, where control characters would change its
    /// meaning.
    ///
    /// The message never shows a value: a key with a line end, read from a file written on Windows, is still a key.
    /// - Throws: ``HTTPError`` with `invalidRequest`.
    func check() throws(HTTPError) {
        for field in headers {
            guard !field.name.isEmpty, field.name.utf8.allSatisfy(Self.isTokenByte) else {
                throw HTTPError(.invalidRequest, "a header field has a name that HTTP does not allow")
            }
            guard field.value.utf8.allSatisfy(Self.isValueByte) else {
                throw HTTPError(
                    .invalidRequest,
                    "the value of the header field \(field.name) contains a line end or another control character; "
                        + "if it is a key, set it again without one")
            }
        }
        // libcurl takes C strings: what follows a NUL would be ignored.
        guard !url.utf8.contains(0), unixSocketPath?.utf8.contains(0) != true else {
            throw HTTPError(.invalidRequest, "the URL or the socket's path contains a NUL")
        }
    }

    /// A byte of a `token`, RFC 9110 section 5.6.2.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }

    /// A byte of a `field-value`, RFC 9110 section 5.5.
    private static func isValueByte(_ byte: UInt8) -> Bool { byte == 0x09 || (byte >= 0x20 && byte != 0x7F) }
}
