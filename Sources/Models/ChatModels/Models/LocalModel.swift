import LocalEngine
import SessionKit

/// A model that runs on this machine, in an engine that is started when it is needed.
struct LocalModel: ChatModel {
    let reference: ModelReference
    /// The engine.
    let engine: LocalEngine
    /// The request, without the socket and the name of the engine's model.
    let call: WireCall
    /// Called with a message for the user, who has to wait.
    let notice: @Sendable (String) -> Void

    /// Finds its window; without the socket.
    var windows: WindowFinder?

    var answerLimit: Int? { engine.answerLimit }

    func contextWindow(forTokens estimate: Int) async -> Int? {
        guard var windows else { return nil }
        if let known = windows.known { return known }
        // The engine that will answer is asked; for a short request that is not worth the wait.
        guard estimate > WindowFinder.smallest, let hold = try? await EngineHold.take(engine, onNotice: tell) else {
            return nil
        }
        windows.service.provider.unixSocketPath = hold.endpoint.socketPath
        windows.service.provider.baseURL = "http://localhost" + hold.endpoint.basePath
        let window = await windows.window(forTokens: estimate)
        if let window { learn(contextWindow: window) }
        return window
    }

    func learn(contextWindow tokens: Int) { windows?.learn(tokens) }

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        let reader = LocalAnswerReader(open: { try await open(request) }, explain: explained)
        return AsyncThrowingStream { try await reader.next() }
    }

    /// Starts the engine, which loads the model while the user types.
    var preparation: (@Sendable () async throws -> Void)? { { [engine] in _ = try await engine.endpoint() } }

    private func open(_ request: ModelRequest) async throws -> OpenAnswer {
        let hold: EngineHold
        do {
            hold = try await EngineHold.take(engine, onNotice: tell)
        } catch let error as LocalEngineError {
            throw ModelError(error)
        }
        var call = call
        call.provider.unixSocketPath = hold.endpoint.socketPath
        call.provider.baseURL = "http://localhost" + hold.endpoint.basePath
        call.model = hold.endpoint.modelName
        var answer = try await call.open(request)
        answer.hold = hold
        return answer
    }

    /// The error of a request whose engine ended, with a pointer to the engine's log.
    private func explained(_ error: ModelError) -> ModelError {
        guard let pointer = engine.logPointer() else { return error }
        return ModelError(error.code, "The local model ended before its answer did. \(pointer)", cause: error)
    }

    private func tell(_ engineNotice: LocalEngineNotice) {
        switch engineNotice {
        case .starting(let model): notice("Starting the local model \(model).")
        case .waiting(let model): notice("Waiting for the local model \(model), which is starting.")
        }
    }
}

extension ModelError {
    /// Turns an error of the engine into one of a model.
    init(_ error: LocalEngineError) {
        let code: Code =
            switch error.code {
            case .notInstalled, .unsafeDirectory: .configuration
            case .invalidModel: .unknownModel
            case .startFailed, .inputOutput: .serviceFailed
            case .timedOut: .timedOut
            }
        self.init(code, error.message, cause: error.cause)
    }
}

/// Reads an answer of the local engine, and sends the request once more if the engine ended before the first event.
///
/// An engine may go idle or be killed after it was found ready and before it gets the request.
actor LocalAnswerReader {
    private let open: @Sendable () async throws -> OpenAnswer
    private let explain: @Sendable (ModelError) -> ModelError
    private var reader: AnswerReader
    private var mayAskAgain = true

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - open: makes sure that the engine is ready, and sends the request.
    ///   - explain: adds information about the engine to an error.
    init(
        open: @escaping @Sendable () async throws -> OpenAnswer,
        explain: @escaping @Sendable (ModelError) -> ModelError
    ) {
        self.open = open
        self.explain = explain
        reader = AnswerReader(open: open)
    }

    /// Waits for the next event.
    ///
    /// - Returns: nil at the end of the answer.
    /// - Throws: `ModelError` or `CancellationError`.
    func next() async throws -> ModelEvent? {
        do {
            let event = try await reader.next()
            mayAskAgain = false
            return event
        } catch let error as ModelError where error.code == .unreachable || error.code == .cut {
            guard mayAskAgain else { throw explain(error) }
            mayAskAgain = false
            reader = AnswerReader(open: open)
            return try await next()
        }
    }
}
