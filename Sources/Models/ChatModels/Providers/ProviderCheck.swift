import HTTPTransport
import SessionKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Checks a provider's settings before anything is sent.
enum ProviderCheck {
    /// Checks a provider that is reached over the network.
    ///
    /// - Returns: the provider, whose base URL paths can be appended to.
    /// - Throws: `ModelError` with `configuration`, naming the setting and never its value where it may be a secret.
    static func checked(_ provider: Provider) throws(ModelError) -> Provider {
        var provider = provider
        try checkHeaders(provider)
        if let path = provider.unixSocketPath, !path.hasPrefix("/") {
            throw ModelError(.configuration, "providers.\(provider.name).unixSocketPath is not an absolute path.")
        }
        guard !provider.baseURL.isEmpty else {
            throw ModelError(
                .configuration, "The provider \(provider.name) has no address: set providers.\(provider.name).baseURL.")
        }
        guard let url = URLComponents(string: provider.baseURL), let scheme = url.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = url.host, !host.isEmpty
        else {
            throw ModelError(
                .configuration,
                "The base URL of \(provider.name) is not an http or https URL with a host, "
                    + "such as https://host.example/v1.")
        }
        guard url.user == nil, url.password == nil, url.query == nil, url.fragment == nil else {
            throw ModelError(
                .configuration,
                "The base URL of \(provider.name) has a user name, a password, a query or a fragment, "
                    + "which it must not have.")
        }
        if scheme == "http", provider.unixSocketPath == nil, !provider.allowInsecure, isElsewhere(host) {
            let refusal = HTTPError.insecureRefused(url.port.map { "\(host):\($0)" } ?? host)
            throw ModelError(.configuration, "\(provider.name): \(refusal.message).")
        }
        while provider.baseURL.hasSuffix("/") { provider.baseURL.removeLast() }
        return provider
    }

    /// Whether a host is certainly another machine, so that no session is created for a request that will be refused.
    ///
    /// The transport checks every request by libcurl's reading of its URL; for forms such as `127.1` and `0x7f000001`,
    /// which are this machine, this returns false.
    private static func isElsewhere(_ host: String) -> Bool {
        let isName = host.utf8.contains { !"0123456789abcdefxABCDEFX.:[]%".utf8.contains($0) }
        if isName { return host.lowercased() != "localhost" }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] != "127" && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }

    private static func checkHeaders(_ provider: Provider) throws(ModelError) {
        let place = "providers.\(provider.name)"
        if let name = provider.keyHeader, !isFieldName(name) || isOurs(name) {
            throw ModelError(.configuration, "\(place).keyHeader is not the name of a header field for a key.")
        }
        for name in provider.headers.keys.sorted() {
            let isKeys = provider.keyHeader?.lowercased() == name.lowercased()
            guard isKeys || mayHoldKey(name) else { continue }
            // The usual fields for keys need no "keyHeader".
            let way =
                isKeys || ["authorization", "proxy-authorization", "cookie"].contains(name.lowercased())
                ? "" : ", and \"keyHeader\": \"\(name)\" sends it in this field"
            throw ModelError(
                .configuration,
                "\(place).headers must not contain \(name): keys come from \"keyVariable\" or \"keyCommand\"\(way).")
        }
    }

    /// Whether a header field of this name is likely to hold a key.
    ///
    /// Judged by its words, since services use many names: `api-key`, `x-goog-api-key`, `X-Auth-Token`,
    /// `Ocp-Apim-Subscription-Key`, `CF-Access-Client-Secret`. `Idempotency-Key` does not hold one.
    private static func mayHoldKey(_ name: String) -> Bool {
        let name = name.lowercased()
        if name == "idempotency-key" { return false }
        let words = Set(name.split { $0 == "-" || $0 == "_" }.map(String.init))
        let secret: Set = [
            "key", "apikey", "token", "secret", "password", "authorization", "auth", "cookie", "credential",
            "credentials",
            "bearer",
        ]
        return !words.isDisjoint(with: secret) || name.hasSuffix("apikey")
    }

    /// Whether a name is a token (RFC 9110, section 5.6.2).
    private static func isFieldName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (0x21...0x7E).contains(byte) && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte)
            }
    }

    /// Whether the request sets the field itself.
    private static func isOurs(_ name: String) -> Bool {
        ["content-type", "content-length", "accept", "host", "user-agent", "transfer-encoding", "connection"].contains(
            name.lowercased())
    }
}
