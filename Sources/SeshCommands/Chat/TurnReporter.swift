import SessionKit
import Terminal

/// Says how a turn ended: the acknowledgement on standard output, notices on standard error, failures as errors.
struct TurnReporter {
    let desk: ChatDesk

    /// Writes what shows that the turn is durable.
    ///
    /// - Parameters:
    ///   - result: the saved turn.
    ///   - session: where it was saved.
    ///   - printer: what has written the answer so far.
    ///   - wasStreamed: whether it has.
    ///   - duration: how long the answer took.
    func acknowledge(
        _ result: TurnResult, in session: SessionID, printer: inout AnswerPrinter, wasStreamed: Bool,
        after duration: Duration
    ) throws {
        // Nobody reads any more: writing again would only fail again.
        if case .interrupted(let error?) = result.ending, error is FileOutputError { return }
        switch desk.plan.format {
        case .json: try desk.program.output.writeLine(JSONText.encode(TurnJSON(result, in: session)))
        case .text:
            if !wasStreamed { try printer.write(result.answer.content) }
            try printer.finish()
        }
        if case .interrupted = result.ending { desk.program.notice("Interrupted. What had arrived is kept.") }
        if desk.configuration.showsUsage { desk.program.notice(UsageReport.line(result.answer.usage, duration)) }
    }

    /// Turns an ending that is no success into an error, so that it never looks like one.
    func check(_ result: TurnResult) throws {
        switch result.ending {
        case .interrupted(let error): throw error ?? CancellationError()
        case .incomplete(let error):
            let failure = Failure(error)
            throw CommandError(
                failure.status, failure.message + (desk.plan.target == .ephemeral ? "" : " What had arrived is kept."))
        case .complete:
            try check(result.answer.finishReason, limit: result.settings.maxTokens)
        }
    }

    private func check(_ reason: FinishReason?, limit: Int?) throws {
        switch reason {
        case .length?:
            guard let limit else {
                throw CommandError(
                    .failure,
                    "The answer was cut: the model's own limit on its length was reached. At the prompt /continue carries "
                        + "it on; --max-tokens sets another limit.")
            }
            desk.program.notice("The answer ends at the session's limit of \(limit) tokens.")
        case .contentFilter?:
            throw CommandError(.failure, "The service withheld the rest of the answer (content filter).")
        default: break
        }
    }
}
