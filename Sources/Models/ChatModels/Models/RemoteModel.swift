import SessionKit

/// A model that is asked over HTTP, in whichever wire API its provider speaks.
struct RemoteModel: ChatModel {
    let reference: ModelReference
    /// How it is asked.
    let call: WireCall

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        let reader = AnswerReader { [call] in try await call.open(request) }
        return AsyncThrowingStream { try await reader.next() }
    }
}
