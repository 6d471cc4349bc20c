/// The directories for a user's files, from the environment (XDG Base Directory Specification).
package struct UserDirectories: Sendable {
    private let environment: [String: String]
    private let home: String

    /// Makes the directories of a user.
    ///
    /// - Parameters:
    ///   - environment: the environment variables.
    ///   - home: the home directory, an absolute path.
    package init(environment: [String: String], home: String) {
        (self.environment, self.home) = (environment, home)
    }

    /// The program's data: `sesh` below `XDG_DATA_HOME`, else below `~/.local/share`.
    package var data: String { (named("XDG_DATA_HOME") ?? home + "/.local/share") + "/sesh" }
    /// The program's configuration: `sesh` below `XDG_CONFIG_HOME`, else below `~/.config`.
    package var configuration: String { (named("XDG_CONFIG_HOME") ?? home + "/.config") + "/sesh" }
    /// Files that can be recreated: `sesh` below `XDG_CACHE_HOME`, else below `~/.cache`.
    package var cache: String { (named("XDG_CACHE_HOME") ?? home + "/.cache") + "/sesh" }
    /// Files worth keeping that are not documents: `sesh` below `XDG_STATE_HOME`, else below `~/.local/state`.
    package var state: String { (named("XDG_STATE_HOME") ?? home + "/.local/state") + "/sesh" }
    /// The directory for sockets, if the environment names one: `XDG_RUNTIME_DIR`.
    package var runtime: String? { named("XDG_RUNTIME_DIR") }

    /// A variable's value if it is an absolute path: the specification says to ignore any other.
    private func named(_ variable: String) -> String? {
        environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }

    /// A path with its leading `~` replaced by the home directory, where no shell has done so: within quotes, in a file
    /// of variables, or at a prompt.
    ///
    /// - Parameters:
    ///   - path: any path.
    ///   - home: the home directory.
    package static func expandingHome(_ path: String, home: String) -> String {
        path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
    }
}
