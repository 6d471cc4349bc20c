/// A session that talks with a model, one whole turn at a time.
///
/// ```swift
/// let conversation = try await manager.conversation(in: id, with: model)
/// let result = try await conversation.send("Hello") { text in print(text, terminator: "") }
/// ```
public struct Conversation: Sendable {
    /// The session.
    public let session: SessionID
    /// Who answers.
    public let model: any ChatModel
    /// Whether answers are asked for in pieces.
    public var streams = true
    /// A JSON Schema that answers are asked to fit, as JSON text; whether they do is the caller's to see.
    public var answerSchema: String?
    /// Which turns of the history go along with a prompt.
    public var policy: any ContextPolicy = .fitted
    /// What else goes along.
    public var sources: [any ContextSource] = []

    /// Gets each piece of what the model reasons, in order; nil if nobody looks.
    public var onReasoning: (@Sendable (String) -> Void)?

    /// Called with each turn once its prompt is saved, before it is sent.
    package var onBegin: (@Sendable (TurnID) -> Void)?

    /// Where an answer is saved; nil for Swift's own pool.
    ///
    /// Saving is a task of its own, which doesn't inherit the executor of the task that sends (SE-0417).
    package var savingExecutor: (any TaskExecutor)?

    /// How parts of an answer are kept while it arrives.
    package var keeping = PartialKeeping()

    private let store: any SessionStore

    /// Joins a session and a model.
    ///
    /// - Parameters:
    ///   - session: a session of the store.
    ///   - store: what keeps it.
    ///   - model: who answers.
    public init(session: SessionID, in store: any SessionStore, with model: any ChatModel) {
        self.session = session
        self.store = store
        self.model = model
    }

    /// Runs a whole turn: saves the prompt, asks the model, hands the answer over as it arrives, saves it.
    ///
    /// Cancelling the task interrupts the answer: what had arrived is saved, and the result says so. The same happens
    /// if `receive` throws. When this returns, the turn is durable.
    ///
    /// - Parameters:
    ///   - prompt: the words, at least one of them visible.
    ///   - replacing: the last turn, if this is another try at it.
    ///   - receive: gets each piece of the answer, in order.
    /// - Returns: the saved turn and how it ended.
    /// - Throws: `SessionError` if the prompt or the answer could not be saved; the model's error, the receiver's or
    ///   `CancellationError` if nothing was answered: the prompt then stays in the session as pending, and sending the
    ///   same words again takes it up. A task that is cancelled beforehand saves and sends nothing.
    public func send(
        _ prompt: Content, replacing: TurnID? = nil, receive: (String) async throws -> Void
    ) async throws -> TurnResult {
        guard prompt.isVisible else { throw SessionError(.emptyPrompt, "The prompt is empty.") }
        try Task.checkCancellation()
        return try await run(receive: receive) {
            try await store.beginTurn(in: session, Prompt(prompt, model: model.reference, replacing: replacing))
        }
    }

    /// Sends a pending prompt again that was left without an answer.
    ///
    /// - Parameters:
    ///   - turn: the pending prompt's turn.
    ///   - receive: gets each piece of the answer, in order.
    /// - Returns: the saved turn and how it ended.
    /// - Throws: as `send`, and `SessionError` with `notFound` or `busy` if the prompt can't be taken up.
    public func resume(_ turn: TurnID, receive: (String) async throws -> Void) async throws -> TurnResult {
        try Task.checkCancellation()
        return try await run(receive: receive) {
            try await store.takeUp(turn, in: session, model: model.reference)
        }
    }

    private func run(
        receive: (String) async throws -> Void, beginning begin: () async throws -> OpenTurn
    ) async throws -> TurnResult {
        let start = ContinuousClock.now
        let open = try await begin()
        let keeper = PartialKeeper(of: open, in: store, keeping, afterSaveOf: ContinuousClock.now - start)
        defer { keeper.end() }
        onBegin?(open.id)
        var answer = Answer("", model: model.reference)
        let ending: TurnResult.Ending
        let report: ContextReport
        do {
            (ending, report) = try await ask(&answer, of: open, keeper, receive: receive)
        } catch {
            await store.releaseTurn(open)
            throw Task.isCancelled ? CancellationError() : unsent(error)
        }
        guard answer.content.isVisible else {
            await store.releaseTurn(open)
            throw failure(of: ending)
        }
        answer.context = report.record
        switch ending {
        case .complete: answer.status = .complete
        case .interrupted: answer.status = .interrupted
        case .incomplete: answer.status = .incomplete
        }
        // A task of its own: the cancellation that interrupted the answer must not interrupt saving it.
        let saving = Task(executorPreference: savingExecutor) { [store, answer] in
            try await store.finishTurn(open, with: answer)
        }
        let turn = try await saving.value
        guard let message = turn.answer else {
            throw SessionError(.notSaved, "The answer was NOT SAVED: the store gave back a turn without it.")
        }
        return TurnResult(
            turn: turn, answer: message, ending: ending, settings: open.settings, context: report,
            isTakenUp: open.isTakenUp)
    }

    /// Asks the model, again with less if the service refuses the request as too long before it says anything.
    private func ask(
        _ answer: inout Answer, of open: OpenTurn, _ keeper: PartialKeeper,
        receive: (String) async throws -> Void
    ) async throws -> (TurnResult.Ending, ContextReport) {
        let history = TurnHistory(of: open, in: store)
        var selection = try await policy.selection(for: open, to: model, from: history)
        var additions: [ContextAddition] = []
        for source in sources { additions += try await source.additions(to: open, from: history) }
        for attempt in 1... {
            let context = TurnContext(of: open, selection, adding: additions)
            let request = ModelRequest(open, context, schema: answerSchema, streams: streams)
            let ending = await collect(&answer, to: request, keeper) { piece in
                try await receive(piece)
                keeper.add(piece)  // After it: who waits for the first word does not wait for a thread's start.
            }
            guard attempt < Self.mostAttempts, answer.content.text.isEmpty,
                case .incomplete(let error as ModelError) = ending, error.code == .tooLong
            else { return (ending, context.report) }
            let refusal = ContextRefusal(of: selection, promptTokens: error.promptTokens, limit: error.limit)
            guard let less = try await policy.selection(for: open, to: model, after: refusal) else {
                return (ending, context.report)
            }
            selection = less
        }
        preconditionFailure("the last attempt returns")
    }

    /// How often a request is sent that a service refuses as too long.
    private static let mostAttempts = 3

    private func collect(
        _ answer: inout Answer, to request: ModelRequest, _ keeper: PartialKeeper,
        receive: (String) async throws -> Void
    ) async -> TurnResult.Ending {
        var room = 1 << 16
        do {
            events: for try await event in model.respond(to: request) {
                switch event {
                // A cancelled stream still gives what it has buffered; the person has asked not to see it.
                case .text where Task.isCancelled, .reasoning where Task.isCancelled: break events
                case .text(let piece):
                    answer.add(piece, room: &room)
                    do { try await receive(piece) } catch { return .interrupted(error) }
                case .reasoning(let piece):
                    answer.add(reasoning: piece)
                    keeper.add(reasoning: piece)
                    onReasoning?(piece)
                case .answering(let other):
                    answer.model = other
                    answer.isByAnother = true
                case .usage(let usage): answer.usage = usage
                case .finished(let reason): answer.finishReason = reason
                }
            }
        } catch {
            // What goes wrong after the model's own end takes nothing from the answer.
            if answer.finishReason != nil { return .complete }
            return Task.isCancelled || error is CancellationError ? .interrupted(nil) : .incomplete(error)
        }
        // A cancelled stream just ends (AsyncThrowingStream gives nil), so a finish reason is what proves the end.
        if answer.finishReason != nil { return .complete }
        return Task.isCancelled
            ? .interrupted(nil)
            : .incomplete(ModelError(.cut, "\(model.reference) broke the answer off before its end."))
    }

    /// The error of a turn whose context can't be read: the prompt is saved, and an answer to it can't be.
    private func unsent(_ error: any Error) -> any Error {
        guard let error = error as? SessionError, error.code == .unreadable else { return error }
        return SessionError(
            .notSaved, "\(error.message) Nothing was sent: the prompt is kept, an answer is NOT SAVED.",
            cause: error.cause)
    }

    private func failure(of ending: TurnResult.Ending) -> any Error {
        switch ending {
        case .complete: ModelError(.emptyAnswer, "\(model.reference) gave an empty answer.")
        case .interrupted(let error): error ?? CancellationError()
        case .incomplete(let error): error
        }
    }
}

extension Answer {
    /// Adds words.
    ///
    /// - Parameters:
    ///   - piece: the words.
    ///   - room: how many bytes were asked for. Room that is not used yet costs nothing, while a text that doubles is
    ///     there twice for a moment.
    fileprivate mutating func add(_ piece: String, room: inout Int) {
        if content.text.utf8.count + piece.utf8.count > room {
            room = max(4 * room, piece.utf8.count)
            content.text.reserveCapacity(room)
        }
        content.text += piece
    }

    /// Adds a piece of what the model reasons.
    fileprivate mutating func add(reasoning piece: String) {
        if reasoning == nil { reasoning = "" }
        reasoning?.append(piece)
    }
}
