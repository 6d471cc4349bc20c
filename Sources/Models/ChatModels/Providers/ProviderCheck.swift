import HTTPTransport
import SessionKit

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Refuses a provider that could not work, or would work otherwise than meant, before anything is sent.
enum ProviderCheck {
    /// Checks a provider that speaks over the network.
    ///
    /// - Returns: the provider with its base URL in the form in which paths are put after it.
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
                    + "and those have no place in it.")
        }
        if scheme == "http", provider.unixSocketPath == nil, !provider.allowInsecure, isElsewhere(host) {
            let refusal = HTTPError.insecureRefused(url.port.map { "\(host):\($0)" } ?? host)
            throw ModelError(.configuration, "\(provider.name): \(refusal.message).")
        }
        while provider.baseURL.hasSuffix("/") { provider.baseURL.removeLast() }
        return provider
    }

    /// Whether a host is certainly another machine, so that no session is made for a request that will be refused.
    ///
    /// The transport judges every request by what libcurl makes of its URL; of `127.1` and `0x7f000001`, which are this
    /// machine to it, nothing is said here.
    private static func isElsewhere(_ host: String) -> Bool {
        let isName = host.utf8.contains { !"0123456789abcdefxABCDEFX.:[]%".utf8.contains($0) }
        if isName { return host.lowercased() != "localhost" }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] != "127" && parts.allSatisfy { UInt8($0).map(String.init) == String($0) }
    }

    private static func checkHeaders(_ provider: Provider) throws(ModelError) {
        for name in provider.headers.keys.sorted() {
            if ["authorization", "proxy-authorization", "x-api-key", "cookie"].contains(name.lowercased()) {
                throw ModelError(
                    .configuration,
                    "providers.\(provider.name).headers must not contain \(name): keys come from \"keyVariable\" "
                        + "or \"keyCommand\".")
            }
        }
    }
}
