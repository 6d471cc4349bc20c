/// Where a PostgreSQL database is: a URI or connection string as libpq takes it, and how it is shown.
///
/// What it leaves out comes from where PostgreSQL's own tools take it: `PGHOST` and its like, `PGSERVICE`, `PGPASSFILE`.
struct PostgreSQLAddress: Sendable, CustomStringConvertible {
    /// The text for libpq.
    let text: String
    /// The text without what may be secret, for people.
    let description: String
    /// Whether the text has a password in it.
    let hasPassword: Bool

    /// Takes a text.
    init(_ text: String) {
        self.text = text
        guard let scheme = text.firstRange(of: "://") else {
            description = "PostgreSQL"
            hasPassword = text.contains("password")
            return
        }
        let rest = text[scheme.upperBound...]
        let authorityEnd = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        var authority = String(rest[..<authorityEnd])
        var isSecret = false
        if let at = authority.lastIndex(of: "@") {
            let user = authority[..<at].prefix { $0 != ":" }
            isSecret = user.endIndex != at
            authority = String(user) + authority[at...]
        }
        let parts = rest[authorityEnd...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var shown = ""
        for item in parts.dropFirst().joined().split(separator: "&") {
            let name = item.prefix { $0 != "=" }
            if name.contains("password") { isSecret = true }
            if ["host", "port", "dbname", "user", "service"].contains(name) {
                shown += (shown.isEmpty ? "?" : "&") + item
            }
        }
        description = text[..<scheme.upperBound] + authority + (parts.first ?? "") + shown
        hasPassword = isSecret
    }

    /// Whether every one of these hosts is this machine: a UNIX socket, the name localhost, or a loopback address.
    ///
    /// - Parameter hosts: libpq's list, with commas between; an empty entry is the default socket.
    static func isLocal(_ hosts: String) -> Bool {
        hosts.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { host in
            host.isEmpty || host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1"
                || isLoopback(host)
        }
    }

    /// Whether it is an IPv4 address from 127.0.0.0/8; a name such as `127.example.com` is none.
    private static func isLoopback(_ host: Substring) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.first == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.allSatisfy(\.isNumber) }
    }
}
