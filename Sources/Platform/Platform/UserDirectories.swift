/// Where a user's files are, as the environment names it (XDG Base Directory Specification).
package struct UserDirectories: Sendable {
    private let environment: [String: String]
    private let home: String

    /// Takes what is known of the user.
    ///
    /// - Parameters:
    ///   - environment: the variables.
    ///   - home: the home directory, an absolute path.
    package init(environment: [String: String], home: String) {
        (self.environment, self.home) = (environment, home)
    }

    /// What is the program's own data: `sesh` below `XDG_DATA_HOME`, else below `~/.local/share`.
    package var data: String { (named("XDG_DATA_HOME") ?? home + "/.local/share") + "/sesh" }
    /// What configures the program: `sesh` below `XDG_CONFIG_HOME`, else below `~/.config`.
    package var configuration: String { (named("XDG_CONFIG_HOME") ?? home + "/.config") + "/sesh" }
    /// What can be had again: `sesh` below `XDG_CACHE_HOME`, else below `~/.cache`.
    package var cache: String { (named("XDG_CACHE_HOME") ?? home + "/.cache") + "/sesh" }
    /// What is worth keeping but no document: `sesh` below `XDG_STATE_HOME`, else below `~/.local/state`.
    package var state: String { (named("XDG_STATE_HOME") ?? home + "/.local/state") + "/sesh" }
    /// Where sockets are, if the environment names a place: `XDG_RUNTIME_DIR`.
    package var runtime: String? { named("XDG_RUNTIME_DIR") }

    /// A variable's value if it is an absolute path: the specification says to ignore any other.
    private func named(_ variable: String) -> String? {
        environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    /// A path with the home directory in the place of a `~` that no shell has seen: within quotes, in a file of
    /// variables, or at a prompt.
    ///
    /// - Parameters:
    ///   - path: any path.
    ///   - home: the home directory.
    package static func expandingHome(_ path: String, home: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
}
