/// The base URLs that the environment sets, in the variables of each provider's own tools.
enum EnvironmentEndpoints {
    /// The provider with the environment's base URL, if there is one.
    static func apply(_ environment: [String: String], to provider: Provider) -> Provider {
        var provider = provider
        switch provider.name {
        case "openai": provider.baseURL = value("OPENAI_BASE_URL", environment) ?? provider.baseURL
        case "anthropic": provider.baseURL = value("ANTHROPIC_BASE_URL", environment) ?? provider.baseURL
        case "ollama":
            if let host = value("OLLAMA_HOST", environment) { provider.baseURL = ollamaURL(host) }
        default: break
        }
        return provider
    }

    private static func value(_ variable: String, _ environment: [String: String]) -> String? {
        guard let value = environment[variable]?.trimmed, !value.isEmpty else { return nil }
        return value
    }

    /// The base URL that `OLLAMA_HOST` means: a host, a host with a port, or a URL.
    ///
    /// As `envconfig.Host` of Ollama: without a scheme the port is 11434, with one it is the scheme's default. The
    /// variable also sets where the server listens, so the wildcard addresses become loopback.
    static func ollamaURL(_ text: String) -> String {
        var (scheme, rest, port) = ("http", text, "11434")
        if let range = text.firstRange(of: "://") {
            scheme = String(text[..<range.lowerBound])
            rest = String(text[range.upperBound...])
            port = scheme == "https" ? "443" : "80"
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let path = rest[slash...].trimming { $0 == "/" }
        var host = String(rest[..<slash])
        if let colon = portColon(in: host) {
            let given = String(host[host.index(after: colon)...])
            if UInt16(given) != nil { port = given }
            host = String(host[..<colon])
        } else if host.contains(":"), !host.hasPrefix("[") {
            host = "[\(host)]"
        }
        switch host {
        case "", "0.0.0.0": host = "127.0.0.1"
        case "[::]": host = "[::1]"
        default: break
        }
        return "\(scheme)://\(host):\(port)" + (path.isEmpty ? "" : "/\(path)") + "/v1"
    }

    /// The colon before a port: the last one, unless it is part of an IPv6 address.
    private static func portColon(in host: String) -> String.Index? {
        guard let colon = host.lastIndex(of: ":") else { return nil }
        if host.hasPrefix("[") { return host[..<colon].hasSuffix("]") ? colon : nil }
        return host.firstIndex(of: ":") == colon ? colon : nil
    }
}
