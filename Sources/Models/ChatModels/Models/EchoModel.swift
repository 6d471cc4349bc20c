import SessionKit

/// Answers with the prompt, in one piece, for dry runs of scripts.
struct EchoModel: ChatModel {
    let reference: ModelReference

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        let prompt = request.messages.last { $0.role == .user }?.content.text ?? ""
        return AsyncThrowingStream { continuation in
            if !prompt.isEmpty { continuation.yield(.text(prompt)) }
            continuation.yield(.finished(.stop))
            continuation.finish()
        }
    }
}
