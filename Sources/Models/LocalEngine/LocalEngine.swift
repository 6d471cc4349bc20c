/// An engine that runs a model on this machine, started when it is needed and shared between processes.
///
/// Nothing here blocks a thread: files and sockets are asked without waiting, and waiting is the task's.
package struct LocalEngine: Sendable {
    private let model: LocalEngineModel
    private let configuration: LocalEngineConfiguration

    /// How the bundled model answers best, as measured (<doc:LocalModel>).
    ///
    /// The template in its file would add a system prompt that nobody set and that this model does badly with; 512 tokens
    /// take it 10 s on two cores.
    ///
    /// Slots share the context: with the 8,192 tokens of the model's training for all, two conversations of 5,000 at once
    /// both failed, and alternating ones were evaluated anew each turn. A slot alone stays capped at what was trained.
    private static let defaults = [
        "--chat-template", "chatml", "--temp", "0", "--predict", "\(defaultAnswerLimit)", "--ctx-size", "16384",
    ]

    /// The most tokens of the bundled model's answers where a request says nothing.
    private static let defaultAnswerLimit = 512

    /// The most tokens that an answer gets where a request says nothing; nil for the model's own end.
    package var answerLimit: Int? { model.options.isEmpty ? nil : Self.defaultAnswerLimit }

    /// Makes an engine for the installed model; nothing is started yet.
    ///
    /// - Parameter configuration: The surroundings.
    /// - Throws: ``LocalEngineError`` with the code `notInstalled` or `invalidModel`.
    package init(_ configuration: LocalEngineConfiguration) throws(LocalEngineError) {
        guard let installation = LocalEngineInstallation.find(configuration) else {
            throw LocalEngineError(.notInstalled, "The local model isn't installed; run sesh install-local-model.")
        }
        self.init(
            try LocalEngineModel(path: installation.weights, name: installation.name, options: Self.defaults),
            configuration)
    }

    /// Makes an engine for any model; nothing is started yet.
    ///
    /// - Parameters:
    ///   - model: The model, checked.
    ///   - configuration: The surroundings.
    package init(_ model: LocalEngineModel, _ configuration: LocalEngineConfiguration) {
        self.model = model
        self.configuration = configuration
    }

    /// Makes sure that an engine is ready, starting one if there is none.
    ///
    /// To have it start while a prompt is typed, call this early. To send a request, use
    /// ``withEndpoint(onNotice:_:)``: an engine may go idle at any time after this returns.
    ///
    /// - Parameter onNotice: Called at most once for each notice, and only if there is something to wait for.
    /// - Returns: Where the engine listens.
    /// - Throws: ``LocalEngineError``, or `CancellationError` if the task is cancelled. An engine that was being
    ///   started then goes on starting, for the next to find.
    package func endpoint(
        onNotice: (LocalEngineNotice) -> Void = { _ in }
    ) async throws -> LocalEngineEndpoint {
        let files = try LocalEngineDirectory(configuration)
        let endpoint = LocalEngineEndpoint(socketPath: files.socket(model.key), modelName: model.name)
        let lease = LocalEngineLease(path: files.lease(model.key), idleSeconds: configuration.idleSeconds)
        // Before the socket is tried: see the supervisor's script for why the order matters.
        try lease.touch()
        if try await LocalEngineProbe(socketPath: endpoint.socketPath).isReady() { return endpoint }
        return try await withRenewal(of: lease) {
            try await waitForEngine(endpoint, files, onNotice)
        }
    }

    /// Makes sure that an engine is ready and keeps it from going idle while something uses it.
    ///
    /// - Parameters:
    ///   - onNotice: Called if there is something to wait for.
    ///   - body: Sends the request and reads the answer.
    /// - Returns: What `body` returns.
    /// - Throws: What ``endpoint(onNotice:)`` or `body` throws.
    package func withEndpoint<Result>(
        onNotice: (LocalEngineNotice) -> Void = { _ in },
        _ body: (LocalEngineEndpoint) async throws -> Result
    ) async throws -> Result {
        let endpoint = try await endpoint(onNotice: onNotice)
        let files = try LocalEngineDirectory(configuration)
        let lease = LocalEngineLease(path: files.lease(model.key), idleSeconds: configuration.idleSeconds)
        // The idle time counts from the end of the request.
        defer { try? lease.touch() }
        return try await withRenewal(of: lease) { try await body(endpoint) }
    }

    /// Where the engine's log is and what its last line says, for the message of a request that failed.
    ///
    /// - Returns: A sentence or two; `nil` if there is no safe directory and so no log.
    package func logPointer() -> String? {
        guard let files = try? LocalEngineDirectory(configuration) else { return nil }
        return LocalEngineLog(path: files.log(model.key)).pointer()
    }

    /// Starts an engine whenever nobody else has one, once; else waits for the one that there is.
    private func waitForEngine(
        _ endpoint: LocalEngineEndpoint, _ files: LocalEngineDirectory, _ onNotice: (LocalEngineNotice) -> Void
    ) async throws -> LocalEngineEndpoint {
        let probe = LocalEngineProbe(socketPath: endpoint.socketPath)
        let log = LocalEngineLog(path: files.log(model.key))
        let deadline = ContinuousClock.now + configuration.startTimeout
        var started = false
        var noticed = false
        repeat {
            // The lock can be had only while no engine lives, whatever is left of an earlier one.
            if let lock = try LocalEngineLock.take(files.lock(model.key)) {
                guard !started else {
                    throw LocalEngineError(
                        .startFailed, "The engine for \(model.name) ended before it was ready. \(log.pointer())")
                }
                let supervisor = try supervisor(endpoint, files)
                onNotice(.starting(model: model.name))
                try await supervisor.start(handingOver: lock)
                started = true
            } else if !started, !noticed {
                onNotice(.waiting(model: model.name))
                noticed = true
            }
            try await Task.sleep(for: .milliseconds(25))
            if try await probe.isReady() { return endpoint }
        } while ContinuousClock.now < deadline
        throw LocalEngineError(
            .timedOut,
            "The engine for \(model.name) wasn't ready after \(configuration.startTimeout.components.seconds) s; "
                + "it may still be loading, so try again later. \(log.pointer())")
    }

    private func supervisor(
        _ endpoint: LocalEngineEndpoint, _ files: LocalEngineDirectory
    ) throws(LocalEngineError) -> LocalEngineSupervisor {
        LocalEngineSupervisor(
            command: try LocalEngineCommand(
                serving: model, socket: endpoint.socketPath, configuration: configuration),
            socketPath: endpoint.socketPath, leasePath: files.lease(model.key), logPath: files.log(model.key),
            environment: LocalEngineEnvironment.filtered(configuration.environment),
            idleSeconds: configuration.idleSeconds)
    }

    /// Runs something while its lease is renewed.
    private func withRenewal<Result>(
        of lease: LocalEngineLease, _ body: () async throws -> Result
    ) async throws -> Result {
        let renewal = Task { await lease.renew() }
        defer { renewal.cancel() }
        return try await body()
    }
}
