#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An engine that runs a model on this machine, started when it is needed and shared between processes.
///
/// Nothing here blocks a thread: calls on files and sockets don't wait, tasks do.
package struct LocalEngine: Sendable {
    private let model: LocalEngineModel
    private let configuration: LocalEngineConfiguration

    /// How the bundled model answers best, as measured (<doc:LocalModel>).
    ///
    /// The template in its file would add a system prompt that the user did not set and that makes its answers worse;
    /// 512 tokens take 10 s on two cores.
    ///
    /// Slots share the context: with the 8,192 tokens of the model's training, two conversations of 5,000 tokens at
    /// once both failed, and alternating ones were evaluated from the start each turn. A single slot is still limited
    /// to 8,192.
    private static let defaults = [
        "--chat-template", "chatml", "--temp", "0", "--predict", "\(defaultAnswerLimit)", "--ctx-size", "16384",
    ]

    /// The most tokens of the bundled model's answers where a request sets no limit.
    private static let defaultAnswerLimit = 512

    /// The most tokens of an answer where a request sets no limit; nil for no limit.
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

    /// Makes sure that an engine is ready, and starts one if there is none.
    ///
    /// Call this early to have it start while a prompt is typed. To send a request, use ``withEndpoint(onNotice:_:)``:
    /// an engine may end at any time after this returns.
    ///
    /// - Parameter onNotice: Called at most once for each notice, and only if there is something to wait for.
    /// - Returns: Where the engine listens.
    /// - Throws: ``LocalEngineError``, or `CancellationError` if the task is cancelled; an engine that is starting then
    ///   continues to start.
    package func endpoint(
        onNotice: (LocalEngineNotice) -> Void = { _ in }
    ) async throws -> LocalEngineEndpoint {
        let files = try LocalEngineDirectory(configuration)
        let endpoint = LocalEngineEndpoint(socketPath: files.socket(model.key), modelName: model.name)
        let lease = LocalEngineLease(path: files.lease(model.key), idleSeconds: configuration.idleSeconds)
        // Before the socket is tried: see the supervisor's script for the reason.
        try lease.touch()
        if try await LocalEngineProbe(socketPath: endpoint.socketPath).isReady() { return endpoint }
        return try await withRenewal(of: lease) {
            try await waitForEngine(endpoint, files, onNotice)
        }
    }

    /// Makes sure that an engine is ready and keeps it running while it is used.
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

    /// The path and the last line of the engine's log, for the message of a request that failed.
    ///
    /// - Returns: A sentence or two; `nil` if there is no safe directory and so no log.
    package func logPointer() -> String? {
        guard let files = try? LocalEngineDirectory(configuration) else { return nil }
        return LocalEngineLog(path: files.log(model.key)).pointer()
    }

    /// Waits for the engine that is running, or starts one, at most once.
    private func waitForEngine(
        _ endpoint: LocalEngineEndpoint, _ files: LocalEngineDirectory, _ onNotice: (LocalEngineNotice) -> Void
    ) async throws -> LocalEngineEndpoint {
        let probe = LocalEngineProbe(socketPath: endpoint.socketPath)
        let log = LocalEngineLog(path: files.log(model.key))
        let deadline = ContinuousClock.now + configuration.startTimeout
        var started = false
        var noticed = false
        repeat {
            // The lock is free only while no engine is running, whatever files an earlier one has left.
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
            environment: configuration.engineEnvironment,
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

/// A reason why a user has to wait for the local model.
package enum LocalEngineNotice: Sendable, Equatable {
    /// An engine is being started; loading takes a second for a small model, minutes for a large one.
    case starting(model: String)
    /// Another process has started the engine and it is not ready yet.
    case waiting(model: String)
}

/// Where an engine that is ready listens, and the name of its model.
package struct LocalEngineEndpoint: Sendable, Equatable {
    /// The path of the UNIX socket.
    package let socketPath: String
    /// The beginning of the paths of its OpenAI-compatible API.
    package let basePath: String
    /// The name that requests give as their `model`.
    package let modelName: String

    /// Makes an endpoint.
    ///
    /// - Parameters:
    ///   - socketPath: The path of the UNIX socket.
    ///   - basePath: The beginning of the paths of its API, without a slash at the end.
    ///   - modelName: The name that requests give as their `model`.
    package init(socketPath: String, basePath: String = "/v1", modelName: String) {
        self.socketPath = socketPath
        self.basePath = basePath
        self.modelName = modelName
    }
}

/// The log that an engine writes.
private struct LocalEngineLog: Sendable {
    /// The file's path.
    let path: String

    /// The last line that isn't empty, at most 400 characters of it; `nil` if there is none.
    func lastLine() -> String? {
        // Small: it is truncated whenever an engine starts, and an engine that failed to start wrote little.
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
        let line = data.suffix(64 * 1024).split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).last
        return line.map { String(String(decoding: $0, as: UTF8.self).prefix(400)) }
    }

    /// The path and the last line, for the end of an error's message.
    func pointer() -> String {
        guard let line = lastLine() else { return "Its log \(path) is empty." }
        return "Its log is \(path); the last line: \(line)"
    }
}
