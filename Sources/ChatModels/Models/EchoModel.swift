import SessionKit

/// Answers with the prompt, word by word.
///
/// For dry runs of scripts.
struct EchoModel: ChatModel {
    let reference: ModelReference

    func respond(to request: ModelRequest) -> AsyncThrowingStream<ModelEvent, any Error> {
        let prompt = request.messages.last { $0.role == .user }?.content ?? ""
        var events = Self.pieces(of: prompt, streams: request.streams).map { ModelEvent.text($0) }
        events.append(.finished(.stop))
        return AsyncThrowingStream { continuation in
            for event in events { continuation.yield(event) }
            continuation.finish()
        }
    }

    /// The text cut after each run of spaces; put together again it is the same text.
    static func pieces(of text: String, streams: Bool) -> [String] {
        guard streams else { return text.isEmpty ? [] : [text] }
        var pieces: [String] = []
        var piece = ""
        for character in text {
            if !character.isWhitespace, piece.last?.isWhitespace ?? false {
                pieces.append(piece)
                piece = ""
            }
            piece.append(character)
        }
        return piece.isEmpty ? pieces : pieces + [piece]
    }
}
