import Platform

/// The program that serves a model: `llama-server` if it is in `PATH`, else the server that was installed with the
/// model.
struct LocalEngineCommand: Sendable, Equatable {
    /// The program's absolute path and its arguments.
    let arguments: [String]

    /// Makes the command for a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - socket: The path to listen on; llama.cpp takes a host that ends in `.sock` for a UNIX socket.
    ///   - configuration: Where to look for programs.
    /// - Throws: ``LocalEngineError`` with the code `notInstalled` if there is no server.
    init(
        serving model: LocalEngineModel, socket: String, configuration: LocalEngineConfiguration
    ) throws(LocalEngineError) {
        arguments =
            try Self.program(configuration) + [
                "--model", model.path,
                "--host", socket,
                "--alias", model.name,
                // The context of the model's training; llama-server once defaulted to 4096.
                "--ctx-size", "0",
                // Several conversations at once; with a unified cache each can use the whole context.
                "--parallel", "4",
                // Every stream occupies a thread of the server, and a readiness probe needs another.
                "--threads-http", "64",
            ] + model.options
    }

    private static func program(_ configuration: LocalEngineConfiguration) throws(LocalEngineError) -> [String] {
        if let server = Path.ofProgram("llama-server", environment: configuration.environment) {
            return [server, "--kv-unified", "--cache-reuse", "256"]
        }
        guard let installation = LocalEngineInstallation.find(configuration), let python = installation.python,
            let server = installation.server
        else {
            throw LocalEngineError(
                .notInstalled,
                "No engine for local models is installed; run sesh install-local-model, or install llama-server.")
        }
        guard Path.isProgram(python), Path.isReadable(server) else {
            throw LocalEngineError(
                .notInstalled,
                "The local model's engine no longer works (\(python) or \(server) is gone); "
                    + "run sesh install-local-model.")
        }
        // Isolated: neither PYTHONPATH nor the user's own packages are used.
        return [python, "-I", server]
    }
}
