import SessionJSON
import Platform
import ChatModels
import SessionKit
import Terminal

/// A chat without a person at the prompt: a turn, or one for each record of standard input.
struct OneShot {
    let desk: ChatDesk
    private let progress = TurnProgress()
    private let reasoning: ReasoningPrinter

    /// Makes a chat for a plan.
    init(desk: ChatDesk) {
        self.desk = desk
        reasoning = ReasoningPrinter(program: desk.program, isShown: true)
    }

    /// Runs the turns; stops at the first failure.
    func run() async throws {
        do {
            try await runTurns()
        } catch {
            if desk.plan.format == .json, let failed = progress.failed(Failure(error)) {
                try desk.program.output.writeLine(JSONOutput.encode(failed))
            }
            throw error
        }
    }

    private func runTurns() async throws {
        let schema = try await schema()
        switch desk.plan.source {
        case .person: return
        case .once(let words, let readsInput):
            var input = standardInput
            let piped = readsInput ? try await input.readAll() : ""
            let prompt = Self.prompt(words: words, piped: piped)
            guard prompt.hasVisibleWord else { throw Self.emptyPrompt }
            try await turn(prompt, in: open(), schema)
        case .records(let terminator, let words):
            var input = standardInput
            var conversation: Conversation?
            while let record = try await input.readRecord(terminatedBy: terminator) {
                guard record.hasVisibleWord else { continue }
                let open = if let conversation { conversation } else { try await open() }
                conversation = open
                try await turn(Self.prompt(words: words, piped: record), in: open, schema)
            }
            if conversation == nil { throw Self.emptyPrompt }
        }
        try await desk.applyRetention()
    }

    /// Standard input, which says so once where a person waits for what it is waiting for.
    private var standardInput: StandardInput {
        guard desk.program.messages.isTerminal else { return StandardInput(desk.program.input) }
        return StandardInput(desk.program.input) { [program = desk.program] in
            program.notice("Waiting for the prompt from standard input; -n leaves it alone.")
        }
    }

    /// Puts the words of the command line and the input together: the words, a blank line, the input.
    ///
    /// The line break at the end of the input is the file's, not the prompt's.
    static func prompt(words: String?, piped: String) -> String {
        // On a slice of the bytes: `unicodeScalars.removeLast()` takes five times the text's memory (Swift 6.3).
        var input = piped.utf8[...]
        if input.last == UInt8(ascii: "\n") { input.removeLast() }
        if input.last == UInt8(ascii: "\r") { input.removeLast() }
        let text = Substring(input)
        guard let words else { return String(text) }
        return text.isEmpty ? words : words + "\n\n" + text
    }

    private static let emptyPrompt = SessionError(
        .emptyPrompt, "The prompt is empty: nothing came from the command line or from standard input.")

    /// Enters the session, without which there is nowhere to keep the prompt.
    private func open() async throws -> Conversation {
        do {
            return try await enter()
        } catch let error as SessionError where error.code == .unreadable {
            throw SessionError(.notSaved, error.message + " The prompt was NOT SAVED.", cause: error.cause)
        }
    }

    /// Enters the session, again if it goes while that is done.
    private func enter() async throws -> Conversation {
        try await desk.insisting { try await enterOnce() }
    }

    /// Sends a prompt; a session that was deleted or renamed since it was opened is made again.
    ///
    /// Only the beginning of a turn finds no session: nothing was sent by then, and the answer's end has other errors.
    private func send(
        _ prompt: String, in conversation: Conversation, receive: (String) async throws -> Void
    ) async throws -> TurnResult {
        var isFirst = true
        return try await desk.insisting {
            let open = isFirst ? conversation : try await enterOnce()
            isFirst = false
            return try await open.send(Content(prompt), receive: receive)
        }
    }

    private func enterOnce() async throws -> Conversation {
        let existing = try await desk.existingSession()
        let model = try desk.model(for: existing, flag: desk.plan.model)
        let session = try await desk.enter(existing)
        progress.opened(session.id)
        var conversation = try await desk.conversation(in: session.id, with: model)
        conversation.onBegin = { [progress] in progress.begun($0) }
        conversation.onReasoning = reasoning.write
        return conversation
    }

    /// The schema that answers have to fit, checked before anything is saved or sent.
    private func schema() async throws -> AnswerSchema? {
        guard let path = desk.plan.schemaPath else { return nil }
        let bytes = try await FileInput(path: desk.program.expandingHome(path)).read()
        return try AnswerSchema(String(decoding: bytes, as: UTF8.self))
    }

    private func turn(_ prompt: String, in conversation: Conversation, _ schema: AnswerSchema?) async throws {
        progress.opened(conversation.session)
        let interruption = Interruption(
            monitor: desk.program.surroundings.ownsProcess
                ? try SignalMonitor(catching: [Signal.interrupt, Signal.terminate, Signal.hangUp]) : nil,
            beforeDeath: desk.program.leaveAtOnce)
        let reporter = TurnReporter(desk: desk)
        let (result, caught) = await interruption.run { try await answer(prompt, in: conversation, schema, reporter) }
        // What came after the end of the turn is not to be lost either: another record would be sent.
        let late = interruption.monitor?.stop().first
        if let signal = caught ?? late { SignalMonitor.die(of: signal) }
        try reporter.check(result.get())
    }

    /// Keeps an answer that does not fit its schema from standard output; it is saved.
    private func check(_ result: TurnResult, _ schema: AnswerSchema) throws {
        guard case .complete = result.ending, let mismatch = schema.mismatch(in: result.answer.content.text) else {
            return
        }
        try desk.program.messages.writeLine(result.answer.content.text)
        throw CommandError(
            .malformed, "The answer does not fit the schema: \(mismatch). It is kept in the session.", code: "schema")
    }

    private func answer(
        _ prompt: String, in conversation: Conversation, _ schema: AnswerSchema?, _ reporter: TurnReporter
    ) async throws -> TurnResult {
        var conversation = conversation
        conversation.answerSchema = schema?.text
        var printer = AnswerPrinter(output: desk.program.output, isRaw: desk.isRaw)
        let writesPieces = desk.plan.streams && desk.plan.format == .text
        let start = ContinuousClock.now
        let sign = desk.program.waitingSign
        sign.start()
        defer { sign.end() }
        do {
            let result = try await send(prompt, in: conversation) { piece in
                guard writesPieces else { return }
                sign.end()
                reasoning.end()
                try printer.write(piece)
            }
            sign.end()
            reasoning.end()
            if let schema { try check(result, schema) }
            progress.acknowledged()
            try reporter.acknowledge(
                result, in: conversation.session, printer: &printer, wasStreamed: writesPieces,
                after: ContinuousClock.now - start)
            return result
        } catch {
            // The words were not saved, so that nobody should have to do without them here.
            try? printer.breakOff()
            throw error
        }
    }
}
