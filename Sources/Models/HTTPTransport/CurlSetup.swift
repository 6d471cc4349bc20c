internal import CCurl

/// Turns a request into options of libcurl, and refuses requests that would expose a key.
enum CurlSetup {
    /// Applies a request to a new transfer.
    /// - Returns: the server's name as errors show it: host and port, or the socket.
    /// - Throws: ``HTTPError`` with `invalidRequest` or `insecureRefused`.
    static func apply(_ request: HTTPRequest, to handle: OpaquePointer) throws(HTTPError) -> String {
        try setURL(request.url, handle)
        try setRoute(request, handle)
        try require(sesh_curl_transfer_set_connect_timeout(handle, milliseconds(request.connectTimeout)))
        if case .post(let body) = request.method {
            try require(body.withUnsafeBytes { sesh_curl_transfer_set_body(handle, $0.baseAddress, $0.count) })
        }
        // Before a body of 1 MB libcurl would wait a second for a "100 Continue", which few servers send.
        try require(sesh_curl_transfer_add_header(handle, "Expect:"))
        // A compressed body of a few bytes may expand to gigabytes, and a stream gains little.
        try require(sesh_curl_transfer_add_header(handle, "Accept-Encoding: identity"))
        for field in request.headers {
            let value = field.value.trimmingHTTPSpace()
            // `Name:` would remove the field, `Name;` sends it without a value: CURLOPT_HTTPHEADER(3).
            let line = value.isEmpty ? "\(field.name);" : "\(field.name): \(value)"
            try require(sesh_curl_transfer_add_header(handle, line))
        }
        if let path = request.unixSocketPath { return "the socket \(path)" }
        return String(cString: sesh_curl_transfer_authority(handle))
    }

    private static func setURL(_ url: String, _ handle: OpaquePointer) throws(HTTPError) {
        switch sesh_curl_transfer_set_url(handle, url) {
        case sesh_curl_url_ok: return
        case sesh_curl_url_has_credentials:
            throw HTTPError(
                .invalidRequest, "the base URL contains a user name or password; give a key in its variable instead")
        case sesh_curl_url_other_scheme:
            throw HTTPError(.invalidRequest, "the base URL has to begin with https:// or http://")
        default:
            throw HTTPError(.invalidRequest, "the base URL is not a URL; it looks like https://host/v1")
        }
    }

    /// Decides whether plain `http` is allowed and whether a proxy may be used.
    ///
    /// Plain `http` never goes through a proxy, which could read the key, and neither does a UNIX socket.
    private static func setRoute(_ request: HTTPRequest, _ handle: OpaquePointer) throws(HTTPError) {
        if let path = request.unixSocketPath {
            guard sesh_curl_transfer_set_unix_socket(handle, path) else {
                throw HTTPError(.invalidRequest, "\(path) is not a path for a socket")
            }
            try require(sesh_curl_transfer_connect_directly(handle))
        } else if sesh_curl_transfer_is_plain_http(handle) {
            try require(sesh_curl_transfer_connect_directly(handle))
            if sesh_curl_transfer_is_loopback(handle) {
                sesh_curl_transfer_require_loopback(handle)
            } else if !request.allowsInsecureHTTP {
                throw .insecureRefused(String(cString: sesh_curl_transfer_authority(handle)))
            }
        } else if sesh_curl_transfer_is_loopback(handle) {
            try require(sesh_curl_transfer_connect_directly(handle))
        }
    }

    private static func require(_ isSet: Bool) throws(HTTPError) {
        guard isSet else { throw HTTPError(.transportFailed, "libcurl did not take the request: not enough memory") }
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        // Zero would mean libcurl's default of five minutes.
        Int(min(max((duration / .milliseconds(1)).rounded(.up), 1), Double(Int32.max)))
    }
}
