import SessionKit

/// A model with others that answer in its place when it can't be reached or refuses to answer now.
///
/// Another one is asked only before the first event of an answer. An event tells which model answers.
struct FallbackModel: ChatModel {
    /// The model itself.
    let first: any ChatModel
    /// Those that answer in its place, in order.
    let others: [any ChatModel]
    /// Called with a message for the user when another one is asked.
    let notice: @Sendable (String) -> Void

    var reference: ModelReference { first.reference }
    var answerLimit: Int? { first.answerLimit }
    var preparation: (@Sendable () async throws -> Void)? { first.preparation }

    func contextWindow(forTokens estimate: Int) async -> Int? { await first.contextWindow(forTokens: estimate) }
    func learn(contextWindow tokens: Int) { first.learn(contextWindow: tokens) }

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        let reader = FallbackReader(models: [first] + others, request: request, notice: notice)
        return AsyncThrowingStream { try await reader.next() }
    }
}

/// Reads the answer of the first of some models that gives one.
private actor FallbackReader {
    private var left: ArraySlice<any ChatModel>
    private let request: ModelRequest
    private let notice: @Sendable (String) -> Void
    private var iterator: AsyncThrowingStream<ModelEvent, any Error>.AsyncIterator?
    private var hasBegun = false
    private var isOther = false
    /// The first event of another model, sent after the event that names the model.
    private var held: ModelEvent?

    init(models: [any ChatModel], request: ModelRequest, notice: @escaping @Sendable (String) -> Void) {
        left = models[...]
        self.request = request
        self.notice = notice
    }

    func next() async throws -> ModelEvent? {
        if let event = held {
            held = nil
            return event
        }
        while let model = left.first {
            var current = iterator ?? model.respond(to: request).makeAsyncIterator()
            do {
                let event = try await current.next(isolation: self)
                iterator = current
                let isFirst = !hasBegun
                hasBegun = true
                guard isFirst, isOther else { return event }
                held = event
                return .answering(model.reference)
            } catch let error as ModelError where !hasBegun && Self.isReason(error) && left.count > 1 {
                left.removeFirst()
                iterator = nil
                isOther = true
                notice("\(error.message) \(left.first.map { "\($0.reference)" } ?? "") is asked instead.")
            }
        }
        return nil
    }

    /// Whether another model may succeed: not where the request itself or the configuration is wrong.
    private static func isReason(_ error: ModelError) -> Bool {
        switch error.code {
        case .unreachable, .timedOut, .serviceFailed, .rateLimited, .refusedCredentials: true
        default: false
        }
    }
}
