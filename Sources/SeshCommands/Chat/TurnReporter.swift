import SessionJSON
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
        case .json:
            try desk.program.output.writeLine(
                JSONOutput.encode(
                    TurnJSON(result, in: session, failure: failure(of: result).map(Failure.init))))
        case .text:
            if !wasStreamed { try printer.write(result.answer.content.text) }
            try printer.finish()
        }
        if case .interrupted = result.ending { desk.program.notice("Interrupted. What had arrived is kept.") }
        tell(result.context, read: result.answer.usage?.inputTokens)
        if desk.configuration.showsUsage { desk.program.notice(UsageReport.line(result.answer.usage, duration)) }
    }

    /// Says what of the history was not sent.
    private func tell(_ context: ContextReport, read tokens: Int?) {
        if context.isCut { desk.program.notice(Notices.leftOut(context.leftOutCount)) }
        // What is short says little: a template of the service's own may weigh as much.
        if let estimate = context.estimatedTokens, let tokens, estimate > 1000, tokens * 10 < estimate * 7 {
            desk.program.notice(Notices.cutInSilence(tokens, of: estimate))
        }
    }

    /// Turns an ending that is no success into an error, so that it never looks like one.
    func check(_ result: TurnResult) throws {
        if let failure = failure(of: result) { throw failure }
        if result.answer.finishReason == .length, let limit = result.settings.maxTokens {
            desk.program.notice("The answer ends at the session's limit of \(limit) tokens.")
        }
    }

    private func failure(of result: TurnResult) -> (any Error)? {
        switch result.ending {
        case .interrupted(let error): return error ?? CancellationError()
        case .incomplete(let error):
            let failure = Failure(error)
            return CommandError(
                failure.status, failure.message + (desk.plan.target == .ephemeral ? "" : " What had arrived is kept."),
                code: failure.code)
        case .complete: break
        }
        switch result.answer.finishReason {
        case .length? where result.settings.maxTokens == nil:
            return CommandError(
                .failure,
                "The answer was cut: the model's own limit on its length was reached. At the prompt /continue carries "
                    + "it on; --max-tokens sets another limit.", code: "length")
        case .contentFilter?:
            return CommandError(
                .failure, "The service withheld the rest of the answer (content filter).", code: "contentFilter")
        default: return nil
        }
    }
}
