import Platform
import SessionKit
import Terminal

/// A turn of the REPL: asks, shows the answer as it arrives, and says how it ended.
///
/// Ctrl-C stops the answer and keeps what came; any other signal stops it and then the program.
struct REPLTurn: Sendable {
    /// What is asked.
    enum Question: Sendable {
        /// Something new.
        case prompt(Content)
        /// The last turn once more; the new answer takes its place.
        case again(Content, replacing: TurnID)
        /// A prompt that was left unanswered.
        case pending(TurnID)
    }

    let desk: ChatDesk
    let console: REPLConsole
    /// Whether the answer is shown as it is.
    let isRaw: Bool
    /// Whether what the model reasons is shown.
    let showsReasoning: Bool

    /// Runs the turn in the session of a place, which is made if it is new.
    ///
    /// - Throws: `REPLDeparture` when a signal ends the program; else what keeps the turn from being a success.
    func run(_ question: Question, in place: inout REPLPlace) async throws {
        // What is typed meanwhile is for the next prompt and has no place within the answer.
        let keys = console.heldKeys
        keys?.hold()
        let model = try place.model()
        let session = try await place.made()
        var conversation = try await desk.conversation(in: session.id, with: model)
        let reasoning = ReasoningPrinter(program: desk.program, isShown: showsReasoning)
        conversation.onReasoning = reasoning.write
        let start = ContinuousClock.now
        place.hasAsked = true
        let (result, signal) = await interruption(keys).run { [self, conversation] in
            try await answer(question, in: conversation, reasoning, since: start)
        }
        if let signal, signal != Signal.interrupt { throw REPLDeparture(signal: signal) }
        switch result {
        case .success(let turn):
            if let notice = await place.lookElsewhere(afterOwn: turn.turn.id) { desk.program.notice(notice) }
            place.chosenModel = nil  // It has become the session's own.
            place.lastAnswer = (turn.turn.id, ContinuousClock.now - start)
            if case .interrupted = turn.ending { return }
            try TurnReporter(desk: desk).check(turn)
        case .failure(let error): throw error
        }
    }

    private func interruption(_ keys: HeldKeys?) -> Interruption {
        let program = desk.program
        return Interruption(
            monitor: console.monitor, survived: [Signal.interrupt],
            beforeDeath: {
                program.leaveAtOnce()
                keys?.discard()
            },
            suspend: {
                program.waitingSign.makingRoom {
                    program.title.suspend()
                    keys?.discard()
                    SignalMonitor.stopProcess()
                    keys?.hold()
                    program.title.resume()
                }
            },
            resume: { keys?.hold() })
    }

    private func answer(
        _ question: Question, in conversation: Conversation, _ reasoning: ReasoningPrinter,
        since start: ContinuousClock.Instant
    ) async throws -> TurnResult {
        let reporter = TurnReporter(desk: desk)
        var printer = AnswerPrinter(output: desk.program.output, isRaw: isRaw)
        let sign = desk.program.waitingSign
        sign.start()
        defer { sign.end() }
        do {
            let result = try await ask(question, in: conversation) { piece in
                guard desk.plan.streams else { return }
                sign.end()
                reasoning.end()
                try printer.write(piece)
            }
            sign.end()
            reasoning.end()
            try reporter.acknowledge(
                result, in: conversation.session, printer: &printer, wasStreamed: desk.plan.streams,
                after: ContinuousClock.now - start)
            return result
        } catch {
            reasoning.end()
            try? printer.breakOff()
            throw error
        }
    }

    private func ask(
        _ question: Question, in conversation: Conversation, receive: (String) async throws -> Void
    ) async throws -> TurnResult {
        switch question {
        case .prompt(let prompt): try await conversation.send(prompt, receive: receive)
        case .again(let prompt, let turn): try await conversation.send(prompt, replacing: turn, receive: receive)
        case .pending(let turn): try await conversation.resume(turn, receive: receive)
        }
    }
}
