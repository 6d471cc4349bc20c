import SessionKit

/// A model that is reached over HTTP, by any wire API.
struct RemoteModel: ChatModel {
    let reference: ModelReference
    /// The request.
    let call: WireCall
    /// Finds its context window.
    var windows: WindowFinder?
    /// When and how often a request is sent again.
    var retrying = Retrying()

    var answerLimit: Int? { call.format.answerLimit }

    func contextWindow(forTokens estimate: Int) async -> Int? { await windows?.window(forTokens: estimate) }

    func learn(contextWindow tokens: Int) { windows?.learn(tokens) }

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        let reader = AnswerReader { [call, retrying] in
            try await retrying.run { try await call.open(request) }
        }
        return AsyncThrowingStream { try await reader.next() }
    }
}
