import SessionKit

/// A turn as `chat --json` writes it: what was saved, and what went wrong.
struct TurnJSON: Encodable {
    /// What went wrong.
    struct Flaw: Encodable {
        let code: String
        let message: String

        init(_ failure: Failure) {
            code = failure.code
            message = failure.message
        }
    }

    let session: String?
    let turn: String?
    let message: MessageJSON?
    let usage: MessageJSON.Usage?
    let finishReason: String?
    let error: Flaw?

    /// A saved turn, which may have ended badly.
    init(_ result: TurnResult, in session: SessionID, failure: Failure?) {
        self.session = session.rawValue
        turn = result.turn.id.rawValue
        message = MessageJSON(result.answer)
        usage = result.answer.usage.map(MessageJSON.Usage.init)
        finishReason = result.answer.finishReason?.rawValue
        error = failure.map(Flaw.init)
    }

    /// A turn without an answer.
    ///
    /// - Parameters:
    ///   - session: nil where none was opened.
    ///   - turn: nil where the prompt was not saved.
    ///   - failure: why.
    init(session: SessionID?, turn: TurnID?, failure: Failure) {
        self.session = session?.rawValue
        self.turn = turn?.rawValue
        (message, usage, finishReason) = (nil, nil, nil)
        error = Flaw(failure)
    }
}
