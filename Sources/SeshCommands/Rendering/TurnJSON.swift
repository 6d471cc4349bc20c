import SessionKit

/// A saved turn as `chat --json` writes it.
struct TurnJSON: Encodable {
    let session: String
    let turn: String
    let message: MessageJSON
    let usage: MessageJSON.Usage?
    let finishReason: String?

    init(_ result: TurnResult, in session: SessionID) {
        self.session = session.rawValue
        turn = result.turn.id.rawValue
        message = MessageJSON(result.answer)
        usage = result.answer.usage.map(MessageJSON.Usage.init)
        finishReason = result.answer.finishReason?.rawValue
    }
}
