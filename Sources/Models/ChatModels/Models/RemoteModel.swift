import SessionKit

/// A model that is asked over HTTP, in whichever wire API its provider speaks.
struct RemoteModel: ChatModel {
    let reference: ModelReference
    /// How it is asked.
    let call: WireCall
    /// What knows its window.
    var windows: WindowFinder?
    /// When and how often it is asked again.
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
