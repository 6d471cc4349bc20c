import SessionJSON
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

    /// What the model was sent of the history.
    struct Context: Encodable {
        let turns: Int
        let leftOut: Int
        let from: String?
        let estimatedTokens: Int?
        let window: Int?

        init(_ report: ContextReport) {
            turns = report.turnCount
            leftOut = report.leftOutCount
            from = report.leftOutCount > 0 ? report.first.rawValue : nil
            estimatedTokens = report.estimatedTokens
            window = report.window
        }
    }

    let session: String?
    let turn: String?
    let message: MessageJSON?
    let usage: MessageJSON.Usage?
    let finishReason: String?
    let context: Context?
    let error: Flaw?

    /// A saved turn, which may have ended badly.
    init(_ result: TurnResult, in session: SessionID, failure: Failure?) {
        self.session = session.rawValue
        turn = result.turn.id.rawValue
        message = MessageJSON(result.answer)
        usage = result.answer.usage.map(MessageJSON.Usage.init)
        finishReason = result.answer.finishReason?.rawValue
        context = Context(result.context)
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
        (message, usage, finishReason, context) = (nil, nil, nil, nil)
        error = Flaw(failure)
    }
}
