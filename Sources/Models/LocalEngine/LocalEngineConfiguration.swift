import Platform

/// What the local engine needs to know about its surroundings; the program supplies it, the library never looks it up.
package struct LocalEngineConfiguration: Sendable {
    /// The environment of the process: `PATH` is searched for `llama-server`, and the engine inherits a few variables.
    package var environment: [String: String]
    /// The user's home directory, an absolute path.
    package var homeDirectory: String
    /// The effective user id, owner of the socket's directory.
    package var userID: UInt32
    /// How long an idle engine keeps running, in whole seconds, at least 1.
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
    ///   - idleSeconds: How long an idle engine keeps running, in seconds, at least 1; ten minutes by default.
    ///   - startTimeout: How long to wait for an engine to be ready; three minutes by default.
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

extension LocalEngineConfiguration {
    /// The variables that the engine inherits.
    ///
    /// A list of those that are allowed, since the names under which people keep keys can't be listed.
    var engineEnvironment: [String: String] {
        environment.filter { name, _ in
            (Self.names.contains(name) || Self.prefixes.contains { name.hasPrefix($0) })
                && !Self.secrets.contains { name.uppercased().contains($0) }
        }
    }

    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TMPDIR", "TZ", "LD_LIBRARY_PATH",
    ]

    /// Of the locale, OpenMP and graphics drivers.
    private static let prefixes = ["LC_", "OMP_", "GGML_", "CUDA_", "NVIDIA_", "HIP_", "HSA_", "ROCR_", "VK_"]

    /// Variables that may be secrets are not inherited even so.
    private static let secrets = ["KEY", "TOKEN", "SECRET", "PASSWORD"]
}
