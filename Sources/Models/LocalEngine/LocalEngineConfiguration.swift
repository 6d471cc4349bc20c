import Platform

/// What the local engine needs to know about its surroundings; the program finds it out, the library never looks.
package struct LocalEngineConfiguration: Sendable {
    /// The environment of the process: `PATH` finds `llama-server`, and little of the rest reaches the engine.
    package var environment: [String: String]
    /// The user's home directory, an absolute path.
    package var homeDirectory: String
    /// The effective user id, owner of the socket's directory.
    package var userID: UInt32
    /// How long an engine that nobody uses stays, in whole seconds, at least 1.
    package var idleSeconds: Int
    /// How long to wait for an engine to be ready.
    ///
    /// A large model read from a slow disk takes minutes.
    package var startTimeout: Duration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - environment: The environment of the process.
    ///   - homeDirectory: The user's home directory, an absolute path.
    ///   - userID: The effective user id.
    ///   - idleSeconds: How long an engine that nobody uses stays, in seconds, at least 1; ten minutes unless given.
    ///   - startTimeout: How long to wait for an engine to be ready; three minutes unless given.
    package init(
        environment: [String: String], homeDirectory: String, userID: UInt32, idleSeconds: Int = 600,
        startTimeout: Duration = .seconds(180)
    ) {
        self.environment = environment
        self.homeDirectory = homeDirectory
        self.userID = userID
        self.idleSeconds = max(1, idleSeconds)
        self.startTimeout = startTimeout
    }

    /// Where `Scripts/install-local-model` puts the model: `${XDG_DATA_HOME:-~/.local/share}/sesh`.
    package var dataDirectory: String { directories.data }

    /// The user's directories.
    var directories: UserDirectories { UserDirectories(environment: environment, home: homeDirectory) }
}
