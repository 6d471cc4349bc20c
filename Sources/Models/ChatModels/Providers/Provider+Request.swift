import HTTPTransport

extension Provider {
    /// Whether its service runs on this machine, judged by its address.
    var isOnThisMachine: Bool {
        api == .localEngine || api == .echo || unixSocketPath != nil
            || ["://127.", "://localhost", "://[::1]"].contains { baseURL.contains($0) }
    }

    /// A request to the provider's service, with the header fields that all requests have.
    ///
    /// - Parameters:
    ///   - method: the method.
    ///   - url: the whole URL.
    ///   - key: the key, if there is one.
    ///   - accept: the accepted content types.
    func request(
        _ method: HTTPRequest.Method, _ url: String, key: APIKey?, accept: String
    ) -> HTTPRequest {
        var fields = [HTTPField("Accept", accept), HTTPField("User-Agent", "sesh")]
        if case .post = method { fields.insert(HTTPField("Content-Type", "application/json"), at: 0) }
        // The only version since 2023; the API requires the field.
        if api == .anthropicMessages { fields.append(HTTPField("anthropic-version", "2023-06-01")) }
        if let key {
            let isAnthropic = api == .anthropicMessages
            let own = isAnthropic ? ("x-api-key", key.value) : ("Authorization", "Bearer \(key.value)")
            let (name, value) = keyHeader.map { ($0, key.value) } ?? own
            fields.append(HTTPField(name, value))
        }
        let replaced = Set(headers.keys.map { $0.lowercased() })
        fields = fields.filter { !replaced.contains($0.name.lowercased()) }
        fields += headers.sorted { $0.key < $1.key }.map { HTTPField($0.key, $0.value) }
        var request = HTTPRequest(url: url, method: method, headers: fields, unixSocketPath: unixSocketPath)
        request.allowsInsecureHTTP = allowInsecure
        request.connectTimeout = timeouts.connect
        request.firstByteTimeout = timeouts.firstByte
        request.idleTimeout = timeouts.idle
        return request
    }
}
