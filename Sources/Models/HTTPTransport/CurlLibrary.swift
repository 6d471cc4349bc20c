internal import CCurl

/// libcurl, opened on first use.
enum CurlLibrary {
    /// Its file names, the usual one first.
    static let names = ["libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"]

    /// Opens the first library there is; costs next to nothing when that was done before.
    /// - Parameter names: file names to try.
    /// - Throws: ``HTTPError`` with `libraryMissing`.
    static func load(names: [String] = names) throws(HTTPError) {
        var reasons: [String] = []
        for name in names {
            var reason = [CChar](repeating: 0, count: 512)
            if sesh_curl_load(name, &reason, reason.count) { return }
            reasons.append(String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        throw HTTPError(
            .libraryMissing, "libcurl is not installed; on Debian and Ubuntu: apt-get install libcurl4",
            cause: reasons.first)
    }
}
