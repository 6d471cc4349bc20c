import Platform

/// The program that serves a model: `llama-server` if it is on the path, else what was installed with the model.
package struct LocalEngineCommand: Sendable, Equatable {
    /// The program's absolute path and its arguments.
    let arguments: [String]

    /// Decides how to serve a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - socket: The path to listen on; llama.cpp takes a host that ends in `.sock` for a UNIX socket.
    ///   - configuration: Where to look for programs.
    /// - Throws: ``LocalEngineError`` with the code `notInstalled` if there is nothing to serve it with.
    init(
        serving model: LocalEngineModel, socket: String, configuration: LocalEngineConfiguration
    ) throws(LocalEngineError) {
        arguments =
            try Self.program(configuration) + [
                "--model", model.path,
                "--host", socket,
                "--alias", model.name,
                // What the model was trained with; llama-server once defaulted to 4096.
                "--ctx-size", "0",
                // Several conversations at once; with a unified cache each may use the whole context.
                "--parallel", "4",
                // Every stream holds a thread of the server's, and a readiness probe needs one beside them.
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
        // Isolated: neither PYTHONPATH nor the user's own packages have a say.
        return [python, "-I", server]
    }
}
