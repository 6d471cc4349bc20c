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

    /// The most pieces of an answer: each costs what a token does, and 50 MB word by word took 40 s.
    static let mostPieces = 4096

    /// The text cut after runs of blanks and line breaks, between words; put together again it is the same text.
    ///
    /// A text with more words than there may be pieces is cut into ever so many words at once.
    static func pieces(of text: String, streams: Bool) -> [String] {
        guard streams else { return text.isEmpty ? [] : [text] }
        let bytes = text.utf8
        let least = bytes.count / mostPieces
        var pieces: [String] = []
        var (start, length) = (bytes.startIndex, 0)
        var isBlank = false
        for place in bytes.indices {
            let wasBlank = isBlank
            isBlank = bytes[place] == 0x20 || (0x09...0x0D).contains(bytes[place])
            if wasBlank, !isBlank, length > least {
                pieces.append(String(text[start..<place]))
                (start, length) = (place, 0)
            }
            length += 1
        }
        return length == 0 ? pieces : pieces + [String(text[start...])]
    }
}
