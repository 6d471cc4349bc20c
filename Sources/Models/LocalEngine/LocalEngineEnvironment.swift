/// The environment that an engine gets.
///
/// A list of what it may have, not of what it may not: the names under which people keep keys can't be listed.
package enum LocalEngineEnvironment {
    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TMPDIR", "TZ", "LD_LIBRARY_PATH",
    ]

    /// The locale, and what OpenMP and the graphics drivers read.
    private static let prefixes = ["LC_", "OMP_", "GGML_", "CUDA_", "NVIDIA_", "HIP_", "HSA_", "ROCR_", "VK_"]

    /// What looks like a secret stays out even so.
    private static let secrets = ["KEY", "TOKEN", "SECRET", "PASSWORD"]

    /// Those variables that the engine has a use for.
    ///
    /// - Parameter environment: The environment of the program.
    /// - Returns: The engine's.
    static func filtered(_ environment: [String: String]) -> [String: String] {
        environment.filter { name, _ in
            (names.contains(name) || prefixes.contains { name.hasPrefix($0) })
                && !secrets.contains { name.uppercased().contains($0) }
        }
    }
}
